/** One name of a subjectAltName: its tag says what kind it is (RFC 5280, 4.2.1.6), its bytes are as they stand there. */
export interface GeneralName {
  readonly tag: number;
  readonly bytes: Buffer;
}

export const DNS_NAME = 0x82;
export const IP_ADDRESS = 0x87;

/**
 * The names of a subjectAltName, DER; undefined where it is no such list. Bytes and not texts, for one address has many texts, and
 * Go writes another one into the certificate than it read from the request.
 */
export function readGeneralNames(der: Uint8Array): readonly GeneralName[] | undefined {
  const list = readValue(Buffer.from(der));
  if (list?.tag !== 0x30 || list.rest.length > 0) return undefined;
  const names: GeneralName[] = [];
  for (let rest = list.bytes; rest.length > 0; ) {
    const name = readValue(rest);
    if (!name) return undefined;
    names.push({ tag: name.tag, bytes: name.bytes });
    rest = name.rest;
  }
  return names;
}

/** The first DER value: of one byte of tag, and of a length in its shortest form. */
function readValue(der: Buffer): (GeneralName & { readonly rest: Buffer }) | undefined {
  const [tag, first] = der;
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || more > 2 || der.length < 2 + more) return undefined;
  const length = more === 0 ? first : der.readUIntBE(2, more);
  if (more > 0 && length < (more === 1 ? 0x80 : 0x100)) return undefined;
  const [from, end] = [2 + more, 2 + more + length];
  return end > der.length ? undefined : { tag, bytes: der.subarray(from, end), rest: der.subarray(end) };
}
