import { html } from '../ui/html.js';
import { list, post } from '../api/client.js';
import { useAction, useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { Empty, Failure, loaded } from '../ui/states.js';
import { Pager, When } from '../ui/parts.js';
import { decimal, terms, utcDay } from '../ui/format.js';

export function ShopperOffers() {
  useScreen('Offers');
  const [{ cursor }, setQuery] = useQuery();
  const page = useLoad(() => list('/offers/active', { cursor, limit: 20 }), [cursor]);
  return html`
    <h1>Offers of today</h1>
    ${loaded(page, 'offers', ({ data, pagination }) => html`
      ${data.length === 0 && html`<${Empty}>There is no offer today.<//>`}
      <ul class="cards">
        ${data.map((offer) => html`<li key=${offer.id}>
          <p><strong>${offer.merchant_name}</strong> <span class="fine">until ${utcDay(offer.end_date)}, at most ${decimal(offer.monthly_cap)} EUR a month</span></p>
          <p class="earned"><strong>${terms(offer)}</strong></p>
          ${offer.takes_clicks && html`<${Shop} offer=${offer} />`}
        </li>`)}
      </ul>
      <${Pager} page=${{ pagination }} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/**
 * Leads to the merchant by a click. Some browsers open no tab after a request, so the link stays.
 * @param {{ offer: Api.Answer<'get', '/offers/active'>['data'][number] }} props
 */
function Shop({ offer }) {
  const action = useAction(async () => {
    const click = await post('/users/me/clicks', { merchant_id: offer.merchant_id });
    window.open(click.redirect_url, '_blank', 'noopener,noreferrer');
    return click;
  });
  const click = action.done;
  return html`
    <p class="actions"><button type="button" disabled=${action.busy} onClick=${() => action.run()}>Shop at ${offer.merchant_name}</button></p>
    ${action.error && html`<${Failure} error=${action.error} />`}
    ${click && click !== true && html`<p role="status">Buy there until <${When} at=${click.expires_at} />.${' '}
      <a href=${click.redirect_url} target="_blank" rel="noopener noreferrer">Open ${offer.merchant_name}</a></p>`}
  `;
}
