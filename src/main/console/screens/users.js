import { html } from '../ui/html.js';
import { get, list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters, TextFilter } from '../ui/filters.js';
import { Badge, Pager, table, UserLink, When } from '../ui/parts.js';

export function Users() {
  useScreen('Users');
  const [{ email, role, active, cursor }, setQuery] = useQuery();
  const page = useLoad(() => list('/users', { email, role, active, cursor, limit: 25 }), [email, role, active, cursor]);
  const filter = (name) => (next) => setQuery({ [name]: next, cursor: null });
  return html`
    <h1>Users</h1>
    <${Filters} list=${page}>
      <${TextFilter} label="Beginning of the e-mail" value=${email} change=${filter('email')} />
      <${Choice} label="Role" value=${role} options=${[['', 'all'], ['user', 'shopper'], ['admin', 'administrator']]} change=${filter('role')} />
      <${Choice} label="State" value=${active} options=${[['', 'all'], ['true', 'active'], ['false', 'inactive']]} change=${filter('active')} />
    <//>
    ${loaded(page, 'users', (value) => html`
      ${table({
        caption: 'Users',
        rows: value.data,
        empty: 'No user fits.',
        columns: [
          { name: 'E-mail', cell: (row) => html`<${UserLink} id=${row.id}>${nameOf(row)}<//>` },
          { name: 'State', cell: (row) => html`<${Badge} of=${stateOf(row)} />` },
          { name: 'Role', cell: (row) => (row.role === 'admin' ? 'administrator' : 'shopper') },
          { name: 'Since', cell: (row) => html`<${When} at=${row.created_at} />` },
        ],
      })}
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/**
 * A link that says whom it leads to.
 * @param {{ id: string }} props
 */
export function NamedUser({ id }) {
  const user = useLoad(() => get(`/users/${id}`), [id]);
  return html`<${UserLink} id=${id}>${user.value ? nameOf(user.value) : id}<//>`;
}

/** @param {Api.Schema<'User'>} user */
export const stateOf = (user) => (user.erased_at ? 'erased' : user.active ? 'active' : 'inactive');

/**
 * The e-mail; that of an erased user is a placeholder, which tells nobody anything.
 * @param {Api.Schema<'User'>} user
 */
export const nameOf = (user) => (user.erased_at ? 'Erased user' : user.email);
