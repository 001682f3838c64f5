/** Whether a token was issued before the time from which on such tokens count. */
export function isTooOld(
  { issuedAt }: { readonly issuedAt: number },
  notBefore: number | null,
): boolean {
  return notBefore !== null && issuedAt < notBefore
}
