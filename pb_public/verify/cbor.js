// CBOR (RFC 8949) as far as tokens need it, in its one deterministic form: whole
// numbers, byte strings, texts, arrays, maps and one tag, each as short as can be.

const utf8 = new TextDecoder("utf-8", { fatal: true })

// Tag is a value with a meaning of its own, such as COSE_Sign1 (18).
export class Tag {
  constructor(number, value) {
    this.number = number
    this.value = value
  }
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes
    this.at = 0
  }

  take(n) {
    if (this.at + n > this.bytes.length) throw new Error("it ends too early")
    this.at += n
    return this.bytes.subarray(this.at - n, this.at)
  }

  // argument reads the number beside a type: small ones are numbers, large ones BigInt.
  argument(info) {
    if (info < 24) return info
    const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[info]
    if (!size) throw new Error("a form that tokens never have")
    const value = this.take(size).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    if (value < (size === 1 ? 24n : 1n << BigInt(4 * size))) throw new Error("a number that is longer than it must be")
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
  }

  value(depth) {
    if (depth > 6) throw new Error("nested too deeply")
    const first = this.take(1)[0]
    const n = this.argument(first & 31)
    switch (first >> 5) {
      case 0: return n
      case 1: return typeof n === "bigint" ? -1n - n : -1 - n
      case 2: return this.take(Number(n))
      case 3: return utf8.decode(this.take(Number(n)))
      case 4: return this.list(n, () => this.value(depth + 1))
      case 5: return this.map(n, depth)
      case 6: return new Tag(n, this.value(depth + 1))
      default: throw new Error("a form that tokens never have")
    }
  }

  list(n, read) {
    if (n > 64) throw new Error("too many values")
    return Array.from({ length: Number(n) }, read)
  }

  map(n, depth) {
    const map = new Map(this.list(n, () => [this.value(depth + 1), this.value(depth + 1)]))
    if (map.size !== Number(n)) throw new Error("a key that stands there twice")
    return map
  }
}

// decode answers the one value that bytes hold.
export function decode(bytes) {
  const reader = new Reader(bytes)
  const value = reader.value(0)
  if (reader.at !== bytes.length) throw new Error("something follows")
  return value
}

// byteString answers bytes as a CBOR byte string.
export function byteString(bytes) {
  const n = bytes.length
  const head = n < 24 ? [0x40 | n] : n < 256 ? [0x58, n] : [0x59, n >> 8, n & 255]
  return Uint8Array.from([...head, ...bytes])
}
