import { SCRIPT_PARTS } from './script-parts.js';
import { SCRIPT_SECTIONS } from './script-sections.js';

/** The script of the overview page, an ES module. */
export const OVERVIEW_SCRIPT = `${SCRIPT_PARTS}${SCRIPT_SECTIONS}
const POOL_SECTIONS = ['pool', 'users', 'groups', 'sign-ins'];
let waiting;

function current() {
  const id = location.hash.slice(1);
  return Object.hasOwn(loaders, id) ? id : 'users';
}

async function load() {
  try {
    const pool = await loadPools();
    const name = current();
    const isEmpty = pool === undefined && POOL_SECTIONS.includes(name);
    byId(name).hidden = isEmpty;
    if (!isEmpty) {
      await loaders[name](pool);
    }
  } catch (error) {
    say(error.message);
  }
}

/** Many events in a moment are one request. */
function refresh() {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    void load();
  }, 100);
}

function show(withFocus) {
  const name = current();
  for (const id of Object.keys(loaders)) {
    byId(id).hidden = id !== name;
  }
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === '#' + name) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  if (withFocus) {
    byId(name + '-heading').focus();
  }
  void load();
}

function onSubmit(id, run) {
  byId(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      say(await run());
    } catch (error) {
      say(error.message);
    }
    await load();
  });
}

function onClick(id, run) {
  byId(id).addEventListener('click', async () => {
    try {
      say((await run()) ?? '');
    } catch (error) {
      say(error.message);
    }
    await load();
  });
}

onSubmit('search', async () => {
  const text = byId('search-text').value;
  const escaped = text.replaceAll('\\\\', '\\\\\\\\').replaceAll('"', '\\\\"');
  search.filter = text === '' ? '' : byId('search-by').value + ' ^= "' + escaped + '"';
  search.next = undefined;
  await load();
  const count = byId('user-list').children.length;
  return count === 1 ? '1 user is shown.' : count + ' users are shown.';
});
onClick('more-users', () => {
  search.next = byId('more-users').dataset.next;
  byId('users-heading').focus();
});
onClick('first-users', () => {
  search.next = undefined;
  byId('users-heading').focus();
});
onClick('empty-outbox', async () => {
  await send('DELETE', '/outbox');
  byId('outbox-heading').focus();
  return 'The outbox is empty.';
});
onClick('reset', async () => {
  if (confirm('Delete what was added since the start?')) {
    await send('POST', '/reset');
    return 'Everything is as it was at the start.';
  }
});
onSubmit('forward', async () => {
  const { time } = await send('POST', '/clock', { advance: Number(byId('amount').value) * Number(byId('unit').value) });
  return 'The clock is at ' + new Date(time).toLocaleString() + '.';
});
onSubmit('fault', async () => {
  const [kind, value, times] = [byId('kind').value, Number(byId('value').value), byId('times').value];
  const takesValue = kind === 'status' || kind === 'delay';
  const limit = times === '' ? {} : { times: Number(times) };
  await send('POST', '/faults', { operation: byId('operation').value, [kind]: takesValue ? value : true, ...limit });
  return 'The fault is added.';
});
byId('kind').addEventListener('change', () => {
  const kind = byId('kind').value;
  byId('value').disabled = kind !== 'status' && kind !== 'delay';
  byId('value').value = kind === 'delay' ? '2000' : '500';
});
byId('pool-choice').addEventListener('change', () => {
  search.next = undefined;
  void load();
});
addEventListener('hashchange', () => show(true));

const events = new EventSource('/__local/events');
events.onopen = () => {
  byId('connection').textContent = 'Live: what happens is shown at once.';
  refresh();
};
events.onerror = () => {
  byId('connection').textContent = 'No connection to the server. Trying again.';
};
events.addEventListener('message', (event) => {
  // The event source's own kind of events is called "message" too; every one of them is a message that was sent.
  say('New message to ' + JSON.parse(event.data).to + '.');
  refresh();
});
for (const kind of ['request', 'clock', 'faults', 'quotas', 'outbox', 'reset']) {
  events.addEventListener(kind, refresh);
}
show(false);
`;
