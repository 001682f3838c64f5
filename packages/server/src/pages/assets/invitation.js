// The token of an invitation stands in the fragment of its link, which browsers send to nobody. It is put into the
// form, or kept in this tab while somebody signs in first, and taken out of the address.

const KEPT = 'keywright-invitation'
const field = document.querySelector('input[name=token]')
const token = location.hash.slice(1) || sessionStorage.getItem(KEPT) || ''

if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
if (token !== '' && field === null) sessionStorage.setItem(KEPT, token)
if (field !== null) {
  sessionStorage.removeItem(KEPT)
  if (field.value === '') field.value = token
}
