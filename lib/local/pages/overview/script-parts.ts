/**
 * What the script of the overview page is made of: requests, elements, and lists that keep the focus. Names and messages
 * come from anybody, so elements get text only, never markup.
 */
export const SCRIPT_PARTS = `
const byId = (id) => document.getElementById(id);

async function send(method, path, body) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch('/__local' + path, init);
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.message);
  }
  return answer;
}

function say(text) {
  byId('status').textContent = text;
}

/** An element with text and other elements in it. */
function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'onclick') {
      made.addEventListener('click', value);
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

function timeOf(milliseconds) {
  const date = new Date(milliseconds);
  return element('time', { datetime: date.toISOString() }, date.toLocaleString());
}

/** A button that says for whom it is, and tells what came of it. */
function action(label, target, run) {
  const onclick = async () => {
    try {
      say(await run());
    } catch (error) {
      say(error.message);
    }
    refresh();
  };
  return element('button', { type: 'button', 'aria-label': label + ' ' + target, onclick }, label);
}

function facts(entries) {
  return entries.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
}

/** Shows items as rows. Rows that have not changed stay, so that the focus stays where it is. */
function fill(id, items, keyOf, render) {
  const list = byId(id);
  const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const label = list.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  const rows = items.map((item) => {
    const key = String(keyOf(item));
    const version = JSON.stringify(item);
    const row = known.get(key);
    if (row !== undefined && row.dataset.version === version) {
      return row;
    }
    const made = element('li', { 'data-key': key, 'data-version': version });
    made.append(...render(item));
    return made;
  });
  const isSame = rows.length === list.children.length && rows.every((row, index) => list.children[index] === row);
  if (!isSame) {
    list.replaceChildren(...rows);
    const again = [...list.querySelectorAll('button')].find((button) => button.getAttribute('aria-label') === label);
    if (label !== null && document.activeElement === document.body) {
      (again ?? list.closest('section').querySelector('h2')).focus();
    }
  }
  list.hidden = rows.length === 0;
  byId(id + '-empty').hidden = rows.length > 0;
}
`;
