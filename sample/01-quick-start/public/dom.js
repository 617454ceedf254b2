/* global document, FormData */

export const element = (id) => document.getElementById(id);

/** Creates an element. Text is never read as HTML. */
export function create(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/** A field with its label. */
export function field(label, properties) {
  return create('label', {}, label, create('input', { required: true, ...properties }));
}

/** A field for a code that was sent. */
export function codeField(label = 'Code') {
  return field(label, { name: 'code', inputMode: 'numeric', autocomplete: 'one-time-code', className: 'code' });
}

/** Shows one view, and moves the focus to its first empty field, or else to its title. */
export function show(id, text = '') {
  for (const view of document.querySelectorAll('main > section')) {
    view.hidden = view.id !== id;
  }
  say(text);
  const inputs = [...element(id).querySelectorAll('form:not([hidden]) input')];
  (inputs.find(({ value, type }) => value === '' || type === 'radio') ?? element(`${id}-title`)).focus();
}

/** Screen readers announce both. */
export function say(text) {
  element('message').textContent = text;
  element('problem').textContent = '';
}

export function complain(text) {
  element('message').textContent = '';
  element('problem').textContent = text;
}

const running = new WeakSet();

/** Runs an action unless it is running, and shows why it failed. */
export async function attempt(source, action) {
  if (running.has(source)) {
    return;
  }
  running.add(source);
  source.setAttribute('aria-busy', 'true');
  try {
    await action();
  } catch (error) {
    if (error.name !== 'AbortError') {
      complain(error.message);
    }
  } finally {
    running.delete(source);
    source.removeAttribute('aria-busy');
  }
}

export function onClick(id, action) {
  const button = element(id);
  button.addEventListener('click', () => attempt(button, action));
}

/** Calls the action with the fields of the form by name, and the button that was pressed. */
export function onSubmit(id, action) {
  const form = element(id);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    return attempt(form, () => action(Object.fromEntries(new FormData(form)), event.submitter));
  });
}
