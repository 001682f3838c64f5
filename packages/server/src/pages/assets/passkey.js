// Passkeys need a script. A form with data-passkey is hidden until this browser is known to have them. Sending it
// fetches the options, asks the authenticator, puts its answer into the form and sends that to the page as it is.

/** @param {HTMLFormElement} form @returns {HTMLInputElement} */
const responseOf = (form) => form.querySelector('input[name=response]')

/** @param {HTMLFormElement} form @param {string} text */
function say(form, text) {
  const place = form.querySelector('[role=status]')
  place.textContent = text
  place.hidden = text === ''
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  const { passkey, options, again } = form.dataset
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(options, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  })
  const json = await answer.json()
  if (!answer.ok) {
    if (json.code === 'reauthentication_needed') return location.assign(again)
    return say(form, json.detail)
  }
  const credential =
    passkey === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json),
        })
  responseOf(form).value = JSON.stringify(credential)
  form.submit()
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON !== 'function') continue
  form.hidden = false
  for (const part of document.querySelectorAll('[data-with-passkeys]')) part.hidden = false
  for (const part of document.querySelectorAll('[data-without-passkeys]')) part.hidden = true
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    say(form, '')
    ask(form).catch((error) => {
      const isStopped = error instanceof DOMException
      say(
        form,
        isStopped
          ? 'No passkey was used. You can try again.'
          : 'The passkey could not be used. Check the connection and try again.',
      )
    })
  })
}
