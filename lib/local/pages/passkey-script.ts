/**
 * The only script of the pages: a click on the button asks the authenticator, and sends its answer with the form. The
 * kind of ceremony and its options are attributes of the form.
 */
export const PASSKEY_SCRIPT = `
const form = document.querySelector('form[data-ceremony]');
const failure = document.querySelector('[data-failure]');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  failure.replaceChildren();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = form.dataset.ceremony === 'get'
      ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
      : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    const text = document.createElement('p');
    text.className = 'alert';
    text.textContent = failure.dataset.failure;
    failure.append(text);
    button.disabled = false;
  }
});
document.querySelector('[data-without-script]').hidden = true;
document.querySelector('[data-with-script]').hidden = false;
`;
