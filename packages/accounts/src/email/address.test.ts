import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress, guessedAddress, placeholderAddress } from './address.ts'

/** Addresses are slow to make. */
const FEW = { numRuns: 30 }

describe('an address', () => {
  it('has one form, which is ASCII and its own', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const form = canonicalAddress(address)
        fc.pre(form !== undefined)
        expect(form).toBe(address.toLowerCase())
        expect(canonicalAddress(`\t${address.toUpperCase()} `)).toBe(form)
        expect(canonicalAddress(form ?? '')).toBe(form)
      }),
      FEW,
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(canonicalAddress(text) ?? 'a@b.c').toMatch(/^[\x21-\x7e]+@[\x21-\x7e]+$/)
      }),
    )
  })

  it('is guessed under one name, whatever it is typed like', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.string({ unit: 'binary' }), (address, text) => {
        const name = guessedAddress(address)
        expect(guessedAddress(` ${address.toUpperCase()}\u200b\u00a0`)).toBe(name)
        expect(guessedAddress(address.normalize('NFKD'))).toBe(name)
        expect(guessedAddress(guessedAddress(text))).toBe(guessedAddress(text))
      }),
      FEW,
    )
  })

  it('of an account without one is nobody else’s to sign up with', () => {
    expect(canonicalAddress(placeholderAddress('Ab12'))).toBeUndefined()
    expect(canonicalAddress('ADA@Provider.Invalid')).toBeUndefined()
  })
})
