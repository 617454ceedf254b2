/* global document, EventSource */

import { create, element } from './dom.js';

const MAX_SHOWN = 5;

/** The route exists with the embedded Cognito only: the box stays hidden otherwise. */
export function watchMailbox() {
  const source = new EventSource('/demo/mailbox');
  source.onopen = () => {
    element('mailbox').hidden = false;
    // After an interruption all messages come again.
    element('mailbox-list').replaceChildren();
  };
  source.onmessage = ({ data }) => {
    const list = element('mailbox-list');
    element('mailbox-empty').hidden = true;
    list.prepend(message(JSON.parse(data)));
    list.children[MAX_SHOWN]?.remove();
  };
}

function message({ to, text, code, sentAt }) {
  const use = create('button', { type: 'button' }, 'Use');
  use.setAttribute('aria-label', `Use the code ${code}`);
  use.addEventListener('click', () => {
    const input = [...document.querySelectorAll('main input[name="code"]')].find((each) => each.checkVisibility());
    if (input) {
      input.value = code;
      input.focus();
    }
  });
  const time = new Date(sentAt).toLocaleTimeString(undefined, { timeStyle: 'short' });
  return create(
    'li',
    {},
    create('p', { className: 'hint' }, `To ${to} · ${time}`),
    create('p', {}, text),
    create('p', { className: 'received' }, create('code', {}, code), use),
  );
}
