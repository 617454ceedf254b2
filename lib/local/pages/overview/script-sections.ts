/** The sections of the overview page: what each loads, and its rows. */
export const SCRIPT_SECTIONS = `
const poolPath = () => '/pools/' + encodeURIComponent(byId('pool-choice').value);
const userPath = (user) => poolPath() + '/users/' + encodeURIComponent(user.username);
const search = { filter: '', next: undefined };

function userRow(user) {
  const name = user.attributes.email ?? user.attributes.phone_number ?? '';
  const details = element('details', {}, element('summary', {}, 'Attributes of ' + user.username));
  const list = element('dl', {});
  const groups = user.groups.length > 0 ? [['groups', user.groups.join(', ')]] : [];
  list.append(...facts([...Object.entries(user.attributes), ...groups]));
  details.append(list);
  const text = element('div', {}, element('strong', {}, user.username), element('span', { class: 'tag' }, user.status));
  if (!user.enabled) {
    text.append(element('span', { class: 'tag' }, 'disabled'));
  }
  text.append(element('div', { class: 'muted' }, name), details);
  const confirm = async () => {
    await send('POST', userPath(user) + '/confirm');
    return user.username + ' is confirmed.';
  };
  const signOut = async () => {
    await send('POST', userPath(user) + '/sign-out');
    return user.username + ' is signed out everywhere.';
  };
  const actions = element('div', { class: 'actions' });
  if (user.status === 'UNCONFIRMED') {
    actions.append(action('Confirm', user.username, confirm));
  }
  actions.append(action('Sign out', user.username, signOut));
  return [text, actions];
}

function clientRow(client) {
  const list = element('dl', {});
  list.append(...facts([
    ['id', element('code', {}, client.id)],
    ['callback URLs', client.callbackUrls.join(', ') || 'none'],
    ['scopes', client.scopes.join(', ') || 'none'],
  ]));
  const text = element('div', {}, element('strong', {}, client.name), list);
  if (client.secret !== undefined) {
    text.append(element('details', {}, element('summary', {}, 'Secret of ' + client.name), element('code', {}, client.secret)));
  }
  return [text];
}

function messageRow(message) {
  const text = element('div', {}, element('strong', {}, message.to), element('span', { class: 'tag' }, message.medium));
  text.append(
    element('div', { class: 'muted' }, message.kind + ', ' + message.pool + ', ', timeOf(message.sentAt)),
    element('div', {}, message.subject ?? ''),
    element('pre', {}, message.text),
  );
  const copy = async () => {
    await navigator.clipboard.writeText(message.code);
    return 'The code for ' + message.to + ' is copied.';
  };
  const actions = element('div', { class: 'actions' }, element('code', { class: 'code' }, message.code));
  actions.append(action('Copy code', 'for ' + message.to, copy));
  return [text, actions];
}

function signInRow(signIn) {
  const state = signIn.active ? 'active' : signIn.revokedAt === undefined ? 'over' : 'revoked';
  const how = [...signIn.methods, ...(signIn.managedLogin ? ['managed login'] : [])].join(', ');
  const text = element('div', {}, element('strong', {}, signIn.username ?? signIn.sub), element('span', { class: 'tag' }, state));
  text.append(element('div', { class: 'muted' }, timeOf(signIn.at), ', ' + (signIn.client ?? signIn.clientId) + (how && ', ' + how)));
  return [text];
}

function faultRow({ id, operation, remaining, times, ...fault }) {
  const what = Object.entries(fault).map(([name, value]) => (value === true ? name : name + ' ' + value)).join(', ');
  const left = remaining === undefined ? 'until removed' : remaining + ' left';
  const remove = async () => {
    await send('DELETE', '/faults?id=' + id);
    return 'The fault is removed.';
  };
  const text = element('div', {}, element('strong', {}, operation), element('span', { class: 'tag' }, left), element('div', { class: 'muted' }, what));
  return [text, element('div', { class: 'actions' }, action('Remove', 'fault ' + operation + ', ' + what, remove))];
}

async function loadPools() {
  const { pools } = await send('GET', '/pools');
  const choice = byId('pool-choice');
  byId('pools').hidden = pools.length === 0;
  byId('no-pool').hidden = pools.length > 0;
  const options = pools.map(({ id, name }) => id + ' ' + name);
  if (choice.dataset.version !== JSON.stringify(options)) {
    const chosen = choice.value;
    choice.dataset.version = JSON.stringify(options);
    choice.replaceChildren(...pools.map(({ id, name }) => element('option', { value: id }, name + ' (' + id + ')')));
    choice.value = pools.some(({ id }) => id === chosen) ? chosen : (pools[0]?.id ?? '');
  }
  return pools.find(({ id }) => id === choice.value);
}

const loaders = {
  pool: async (pool) => {
    const { id, region, issuer, jwksUri, domain, users, groups } = pool;
    byId('pool-facts').replaceChildren(...facts(Object.entries({ id, region, issuer, keys: jwksUri, domain: domain ?? 'none', users: String(users), groups: String(groups) })));
    fill('clients', (await send('GET', poolPath() + '/clients')).clients, ({ id }) => id, clientRow);
  },
  users: async () => {
    const query = new URLSearchParams({ limit: '20' });
    if (search.filter !== '') query.set('filter', search.filter);
    if (search.next !== undefined) query.set('next', search.next);
    const { users, next } = await send('GET', poolPath() + '/users?' + query);
    fill('user-list', users, ({ sub }) => sub, userRow);
    byId('more-users').hidden = next === undefined;
    byId('more-users').dataset.next = next ?? '';
    byId('first-users').hidden = search.next === undefined;
  },
  groups: async () => {
    const { groups } = await send('GET', poolPath() + '/groups');
    fill('group-list', groups, ({ name }) => name, (group) => [
      element('div', {}, element('strong', {}, group.name), element('div', { class: 'muted' }, group.description ?? '')),
    ]);
  },
  'sign-ins': async () => {
    const { signIns } = await send('GET', poolPath() + '/sign-ins');
    fill('sign-in-list', signIns, ({ eventId }) => eventId, signInRow);
  },
  outbox: async () => {
    const { messages } = await send('GET', '/outbox');
    fill('message-list', messages.reverse(), ({ id }) => id, messageRow);
  },
  tests: async () => {
    byId('time').replaceChildren(timeOf((await send('GET', '/clock')).now).textContent);
    fill('fault-list', (await send('GET', '/faults')).faults, ({ id }) => id, faultRow);
  },
};
`;
