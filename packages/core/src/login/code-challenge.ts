// Proof Key for Code Exchange (RFC 7636), method S256 only: whoever redeems a code is who asked for it.

import { digestSecret } from '@keywright/token'

/** Whether text can be a challenge: base64url of the 32 bytes of a SHA-256 (section 4.2). */
export function isCodeChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** Whether a verifier has the form of section 4.1 and is the one that the challenge was made of (section 4.6). */
export function isVerifierOf(challenge: string, verifier: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) && digestSecret(verifier) === challenge
}
