// An authenticator in software (WebAuthn Level 3, sections 6.1 and 6.5): one ES256 credential, attestation `none`. A test
// may have it lie about the origin or leave out the PIN.

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { WebAuthnJson } from '@keywright/contract'

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const CREDENTIAL_INCLUDED = 0x40

export interface Ceremony {
  readonly origin?: string
  readonly isUserVerified?: boolean
}

export class SoftwareAuthenticator {
  readonly #id = randomBytes(16)
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #counter = 0

  create(options: WebAuthnJson, ceremony: Ceremony = {}): WebAuthnJson {
    const { challenge, rp } = options as { challenge: string; rp: { id: string } }
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.#id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#coseKey()])
    const data = Buffer.concat([
      this.#data(rp.id, { ...ceremony, flags: CREDENTIAL_INCLUDED }),
      credential,
    ])
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(data),
    ])
    return this.#answer({
      clientDataJSON: clientData('webauthn.create', challenge, ceremony).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    })
  }

  get(options: WebAuthnJson, ceremony: Ceremony = {}): WebAuthnJson {
    const { challenge, rpId } = options as { challenge: string; rpId: string }
    this.#counter += 1
    const data = this.#data(rpId, { ...ceremony, flags: 0 })
    const client = clientData('webauthn.get', challenge, ceremony)
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
    })
  }

  #answer(response: Readonly<Record<string, unknown>>): WebAuthnJson {
    const id = this.#id.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }

  #data(rpId: string, given: Ceremony & { readonly flags: number }): Buffer {
    const verified = (given.isUserVerified ?? true) ? USER_VERIFIED : 0
    const rest = Buffer.alloc(5)
    rest.writeUInt8(USER_PRESENT | verified | given.flags)
    rest.writeUInt32BE(this.#counter, 1)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), rest])
  }

  /** RFC 9053 section 7.1.1: kty EC2, alg ES256, crv P-256, x, y. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      cborBytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y, 'base64url')),
    ])
  }
}

function clientData(type: string, challenge: string, { origin }: Ceremony): Buffer {
  return Buffer.from(
    JSON.stringify({
      type,
      challenge,
      origin: origin ?? 'https://lab.example',
      crossOrigin: false,
    }),
  )
}

/** RFC 8949 section 3: a text of less than 24 bytes. */
function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

/** RFC 8949 section 3: 24 to 255 bytes. */
function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
}
