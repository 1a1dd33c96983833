// The service at work: what it accepts and credits now, what it rejects, and whether the books agree.
import { useEffect } from 'preact/hooks';
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { useFollowed } from '../ui/follow.js';
import { Empty, Failure, Loading } from '../ui/states.js';
import { Facts, PurchaseLink, table, When } from '../ui/parts.js';
import { Chart, number } from '../ui/chart.js';
import { Link } from '../ui/router.js';
import { Clock } from '../ui/zone.js';

/**
 * @typedef {Api.Schema<'LiveStatistics'>} Live
 * @typedef {Record<string, string>} Names
 */

const SPAN_MS = 15 * 60_000;

/** @type {Names} */
const EVENTS = {
  'purchases.ingested': 'accepted',
  'cashback.credited': 'credited',
  'cashback.rerated': 'changed in their cashback',
  'cashback.released': 'released from their hold',
  'purchases.confirmed': 'confirmed',
  'purchases.rejected': 'rejected',
  'purchases.reinstated': 'taken up again',
  'purchases.refunded': 'refunded in part',
  'purchases.corrected': 'corrected',
  'purchases.reversed': 'reversed',
  'partner_events.parked': 'told of before their time',
  'payouts.requested': 'requested',
  'payouts.completed': 'completed',
  'payouts.failed': 'failed',
};

export function Live() {
  useScreen('Live');
  const live = useFollowed('/stats/live');
  const names = useLoad(() => list('/partners', { limit: 100 }), []);
  useEffect(() => {
    if (names.state === 'failed') names.reload();
  }, [live.value]);
  return html`
    <h1>Live</h1>
    ${live.state === 'loading' && html`<${Loading} what="what happens now" />`}
    ${live.state === 'failed' && html`<${Failure} error=${live.error} />${live.error?.status !== 403 && html`<p class="fine">The screen comes by itself once the service answers.</p>`}`}
    ${live.error && live.value && html`<p class="warning" role="status">${live.error.message} The screen goes on by itself.</p>`}
    ${live.value && html`<${Now} of=${live.value} at=${live.at} names=${nameOf(names)} />`}
  `;
}

/** @param {import('../ui/hooks.js').Load<Api.Schema<'PartnerList'>>} partners */
const nameOf = (partners) => Object.fromEntries((partners.value?.data ?? []).map((one) => [one.id, one.name]));

/** @param {{ of: Live, at: Date, names: Names }} props */
function Now({ of: live, at, names }) {
  const { samples } = live;
  return html`
    ${!live.database_available && html`<p class="warning" role="status">The database does not answer: nothing is accepted or credited, and the last events are those of before.</p>`}
    <p class="fine">As of <${Clock} at=${at} /></p>
    ${samples.length === 0
      ? html`<${Empty}>The first numbers come within ${live.interval_seconds} seconds.<//>`
      : html`<${Figures} of=${live} />`}
    <h2>Verdicts by partner</h2>
    ${table({
      caption: 'Verdicts of the last 15 minutes by partner',
      rows: live.partners.map((one) => ({ ...one, id: one.partner_id })),
      empty: 'No partner has sent anything in the last 15 minutes.',
      columns: [
        { name: 'Partner', cell: (row) => html`<${Partner} id=${row.id} names=${names} />` },
        { name: 'Accepted', number: true, cell: (row) => number(row.accepted) },
        { name: 'Duplicates', number: true, cell: (row) => number(row.duplicates) },
        { name: 'Rejected', number: true, cell: (row) => number(sum(Object.values(row.rejections))) },
        { name: 'Why', cell: (row) => codes(row.rejections) },
      ],
    })}
    <h2>Last events</h2>
    ${table({
      caption: 'Last events',
      rows: live.events.map((event, i) => ({ ...event, id: i })),
      empty: 'Nothing has happened yet.',
      columns: [
        { name: 'What', cell: (row) => html`<${Event} of=${row} />` },
        { name: 'When', cell: (row) => html`<${When} at=${row.occurred_at} />` },
      ],
    })}
    <p class="fine">Rates and verdicts are those of the process that answers, since <${When} at=${live.since} />.</p>
  `;
}

/** @param {{ of: Live }} props */
function Figures({ of: live }) {
  const { samples, interval_seconds: seconds } = live;
  const last = samples[samples.length - 1];
  const rate = (/** @type {'accepted' | 'credited' | 'duplicates'} */ name) => samples.map((sample) => sample[name] / seconds);
  const shared = { times: samples.map((sample) => Date.parse(sample.at)), span: SPAN_MS };
  return html`
    <${Facts}
      of=${[
        ['Accepted a second', html`<span class="sum money">${number(last.accepted / seconds)}</span>`],
        ['Credited a second', html`<span class="sum money">${number(last.credited / seconds)}</span>`],
        ['Age of the oldest uncredited purchase', html`<span class="sum money">${number(last.lag_seconds)} s</span>`],
        ['Waiting for their commit', html`<span class="sum money">${number(last.queue)}</span>`],
        ['Ledger check', html`<${Books} of=${live.books} />`],
      ]}
    />
    <div class="charts">
      <${Chart}
        title="Purchases a second"
        lines=${[{ name: 'accepted', values: rate('accepted') }, { name: 'credited', values: rate('credited') }]}
        ...${shared}
      />
      <${Chart}
        title="Turned away or known, a second"
        lines=${[
          { name: 'rejected', values: samples.map((sample) => sum(Object.values(sample.rejections)) / seconds) },
          { name: 'duplicates', values: rate('duplicates') },
        ]}
        ...${shared}
      />
      <${Chart} title="Seconds that the oldest waits for its credit" lines=${[{ name: 'lag', values: samples.map((sample) => sample.lag_seconds) }]} ...${shared} />
      <${Chart} title="Purchases that wait for their commit" lines=${[{ name: 'queue', values: samples.map((sample) => sample.queue) }]} ...${shared} />
    </div>
  `;
}

/**
 * The check runs all the time, so it says how far it is, and when it was last through.
 * @param {{ of: Api.Schema<'LiveBooks'> }} props
 */
function Books({ of: books }) {
  const result = books.differences === 0 ? 'No difference' : `${number(books.differences)} differences: run the check`;
  return html`
    <span class=${books.differences === 0 ? 'sum' : 'sum negative'}>${books.users === 0 ? 'Not begun yet' : result}</span>
    <span class="fine">
      ${number(books.users)} users${books.unchecked_users > 0 && `, ${number(books.unchecked_users)} too large for it`};
      ${books.checked_at ? html` all of them <${When} at=${books.checked_at} />` : ' the first pass is under way'}
    </span>
  `;
}

/** @param {{ id: string | null, names: Names }} props */
function Partner({ id, names }) {
  if (!id) return 'all others';
  return html`<${Link} to=${`/console/partners/${id}`}>${names[id] ?? id}<//>`;
}

/** @param {{ of: Api.Schema<'LiveEvent'> }} props */
function Event({ of: event }) {
  if (event.payout_id) return html`<${Link} to=${`/console/payouts/${event.payout_id}`}>A payout<//> ${EVENTS[event.type] ?? event.type}`;
  const what = event.count === 1 ? 'A purchase' : `${number(event.count)} purchases`;
  return html`${event.purchase_id ? html`<${PurchaseLink} id=${event.purchase_id}>${what}<//>` : what} ${EVENTS[event.type] ?? event.type}`;
}

const sum = (/** @type {number[]} */ values) => values.reduce((total, value) => total + value, 0);

const codes = (/** @type {Record<string, number>} */ rejections) =>
  Object.entries(rejections).map(([code, count], i) => html`${i > 0 && ', '}<code>${code}</code> ${number(count)}`);
