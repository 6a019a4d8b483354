// The signed list of what is no longer valid: a Bitstring Status List (W3C) in a JWT.

import { importKey } from "./token.js"

function base64url(text) {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0))
}

const json = (part) => JSON.parse(new TextDecoder().decode(base64url(part)))

// readList answers the bits of a list and when it was signed, once its signature is found good.
export async function readList(jwt, keys) {
  const [header, payload, signature] = jwt.trim().split(".")
  const jwk = keys.find((key) => key.kid === json(header).kid)
  const signed = new TextEncoder().encode(header + "." + payload)
  if (!jwk || !await crypto.subtle.verify({ name: "Ed25519" }, await importKey(jwk), base64url(signature), signed)) throw new Error("signature")
  const list = json(payload)
  const packed = base64url(list.credentialSubject.encodedList.slice(1))
  const bits = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer()
  return { bits: new Uint8Array(bits), at: new Date(list.validFrom), until: new Date(list.validUntil) }
}

// isVoid answers true or false, or null where the list is older than the certificate.
export function isVoid(list, index, issued) {
  if (!(index >= 0 && index < list.bits.length * 8) || issued > list.at) return null
  return (list.bits[Math.floor(index / 8)] & (0x80 >> (index % 8))) !== 0
}
