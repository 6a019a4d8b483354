// What the QR code of a certificate says, and whether a key of the authority signed it.
// The form is that of modules/credential: a CWT (RFC 8392) in COSE_Sign1 (RFC 9052), in base32.

import { Tag, byteString, decode } from "./cbor.js"

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
const printed = -65537
const texts = { 2: "name", 4: "title", 5: "level", 6: "specialty", 8: "issuer", 13: "purpose", 14: "recipient" }

// Refusal says why a code is not to be trusted: malformed, key, issuer or signature.
export class Refusal extends Error {
  constructor(reason, issuer) {
    super(reason)
    this.reason = reason
    this.issuer = issuer
  }
}

// tokenOf finds the token in what somebody pasted: an address, or the letters alone.
export function tokenOf(text) {
  const all = text.replace(/\s+/g, "").toUpperCase()
  const path = all.lastIndexOf("/V/")
  return (path < 0 ? all : all.slice(path + 3)).replace(/[?#].*$/, "")
}

function bytesOf(token) {
  const bytes = []
  let bits = 0, value = 0
  for (const letter of token) {
    const digit = alphabet.indexOf(letter)
    if (digit < 0) throw new Refusal("malformed")
    value = (value << 5 | digit) & 4095
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push(value >> bits & 255)
    }
  }
  if (bits >= 5 || value & ((1 << bits) - 1)) throw new Refusal("malformed")
  return Uint8Array.from(bytes)
}

// base32 is the reverse, for the code of a certificate.
function base32(bytes) {
  let text = "", bits = 0, value = 0
  for (const byte of bytes) {
    value = (value << 8 | byte) & 8191
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[value >> (bits - 5) & 31]
  }
  return text
}

const ascii = new TextDecoder()

// text reads UTF-8, UTF-16 as a byte string, or code points of three bytes as an array.
function text(value) {
  if (value === undefined || typeof value === "string") return value || ""
  if (!Array.isArray(value)) return new TextDecoder("utf-16be").decode(value)
  let all = ""
  for (let i = 0; i < value[0].length; i += 3) all += String.fromCodePoint(value[0][i] << 16 | value[0][i + 1] << 8 | value[0][i + 2])
  return all
}

const date = (value) => (typeof value === "number" ? new Date(value * 864e5).toISOString().slice(0, 10) : text(value))
const month = (value) => (typeof value === "number" ? Math.floor(value / 100) + "-" + String(value % 100).padStart(2, "0") : text(value))
const number = (value) => (value === undefined ? "" : String(value))
const masked = (value) => (Array.isArray(value) ? value[0] + "*".repeat(Math.min(value[1], 60)) + value[2] : text(value))
const time = (value) => (value === undefined ? null : new Date(value * 1000))

function facts(claims) {
  const p = claims.get(printed)
  const f = {
    authority: claims.get(1), code: base32(claims.get(7)), issued: time(claims.get(6)), expires: time(claims.get(4)),
    number: number(p.get(1)), idNumber: masked(p.get(3)), approved: date(p.get(7)), printNo: number(p.get(9)),
    gender: { 1: "male", 2: "female" }[p.get(10)] || "", born: month(p.get(11)), reissued: date(p.get(12)), index: p.get(15),
  }
  for (const [key, name] of Object.entries(texts)) f[name] = text(p.get(Number(key)))
  return f
}

// parse takes a token apart. What it answers is not yet to be trusted.
function parse(token) {
  try {
    const outer = decode(bytesOf(token))
    if (!(outer instanceof Tag) || outer.number !== 18) throw new Refusal("malformed")
    const [header, open, payload, signature] = outer.value
    const protectedHeader = decode(header)
    if (outer.value.length !== 4 || open.size !== 0 || protectedHeader.get(1) !== -8 || signature.length !== 64) throw new Refusal("malformed")
    return { header, payload, signature, kid: ascii.decode(protectedHeader.get(4)), facts: facts(decode(payload)) }
  } catch (err) {
    throw new Refusal("malformed")
  }
}

// importKey makes a public key of a JWK set ready for use.
export const importKey = ({ kty, crv, x }) => crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"])

// verify answers the facts that a token vouches for. keys is a JWK set, and host the authority it
// belongs to.
export async function verify(token, keys, host) {
  const { header, payload, signature, kid, facts } = parse(token)
  const jwk = keys.find((key) => key.kid === kid)
  if (!jwk && !/^[a-z0-9.:[\]-]{1,253}$/.test(facts.authority)) throw new Refusal("malformed")
  if (!jwk) throw new Refusal(facts.authority === host ? "key" : "issuer", facts.authority)
  const name = new TextEncoder().encode("Signature1")
  const signed = Uint8Array.from([0x84, 0x60 | name.length, ...name, ...byteString(header), 0x40, ...byteString(payload)])
  if (!await crypto.subtle.verify({ name: "Ed25519" }, await importKey(jwk), signature, signed)) throw new Refusal("signature")
  return facts
}
