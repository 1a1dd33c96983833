// One search for everything. A single result opens at once.
import { useEffect } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, go, useQuery } from '../ui/router.js';
import { Empty, loaded } from '../ui/states.js';
import { words } from '../ui/format.js';

const PLACES = {
  purchase: (id) => `/console/purchases/${id}`,
  user: (id) => `/console/users/${id}`,
  payout: (id) => `/console/payouts/${id}`,
  partner: (id) => `/console/partners/${id}`,
  merchant: (id) => `/console/merchants/${id}`,
  offer: (id) => `/console/offers/${id}`,
};

export function Find() {
  const [{ q = '' }] = useQuery();
  useScreen(`Find ${q}`);
  const found = useLoad(() => (q.trim() ? get('/search', { q }) : Promise.resolve({ data: [] })), [q]);
  const results = found.value?.data ?? [];
  useEffect(() => {
    if (results.length === 1) go(PLACES[results[0].type](results[0].id), { replace: true });
  }, [found.value]);
  return html`
    <h1>Find</h1>
    ${loaded(found, 'results', () =>
      results.length === 0
        ? html`<${Empty}>${q.trim() ? `Nothing has the id, number, e-mail or name “${q}”.` : 'Type an id, a number, an e-mail or a name above.'}<//>`
        : html`<ul class="results">
            ${results.map(
              (one) => html`<li key=${one.id}>
                <${Link} to=${PLACES[one.type](one.id)}><strong>${one.title}</strong><//> <span class="fine">${words(one.type)}</span>
              </li>`,
            )}
          </ul>`)}
  `;
}
