/**
 * ZIP archives (APPNOTE 6.3.10), written from front to back: an entry is whole when it is added, and the directory at the end is made by
 * reading the heads of the entries again, so that nothing is kept in memory. ZIP64 throughout, since 65,535 entries are soon reached.
 */

import type { FileHandle } from 'node:fs/promises'
import { crc32, deflateRawSync } from 'node:zlib'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const END = 0x06054b50
/** Length of a head before the name. */
const LOCAL_SIZE = 30
const CENTRAL_SIZE = 46
/** Version 4.5: ZIP64. */
const VERSION = 45
/** Names are UTF-8. */
const FLAGS = 0x0800
const DEFLATED = 8
/** 1 January 1980, the first day that the format knows: the archive tells nothing about when it was made. */
const DATE = 0x21

/** One file in an archive, as its bytes. Entries are of less than 4 GiB. */
export function zipEntry(name: string, data: Uint8Array): Uint8Array {
  const nameBytes = Buffer.from(name)
  const packed = deflateRawSync(data)
  const head = Buffer.alloc(LOCAL_SIZE)
  head.writeUInt32LE(LOCAL, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(DEFLATED, 8)
  head.writeUInt16LE(DATE, 12)
  head.writeUInt32LE(crc32(data), 14)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(data.length, 22)
  head.writeUInt16LE(nameBytes.length, 26)
  return Buffer.concat([head, nameBytes, packed])
}

/** Writes the directory behind entries that take up the file from its beginning to `end`. */
export async function writeZipDirectory(file: FileHandle, end: number): Promise<void> {
  let written = end
  let entries = 0
  let rows: Uint8Array[] = []
  const flush = async (): Promise<void> => {
    const block = Buffer.concat(rows)
    await file.write(block, 0, block.length, written)
    written += block.length
    rows = []
  }
  for (let offset = 0; offset < end; ) {
    const head = Buffer.alloc(LOCAL_SIZE)
    await file.read(head, 0, LOCAL_SIZE, offset)
    if (head.readUInt32LE(0) !== LOCAL) throw new Error(`the archive is damaged at byte ${offset}`)
    const nameLength = head.readUInt16LE(26)
    const name = Buffer.alloc(nameLength)
    await file.read(name, 0, nameLength, offset + LOCAL_SIZE)
    rows.push(centralRow(head, name, offset))
    offset += LOCAL_SIZE + nameLength + head.readUInt32LE(18)
    entries += 1
    if (rows.length === 1_000) await flush()
  }
  await flush()
  const tail = ending(entries, written - end, end)
  await file.write(tail, 0, tail.length, written)
  await file.truncate(written + tail.length)
}

/** The local head again, with the place of the entry. */
function centralRow(head: Buffer, name: Uint8Array, offset: number): Uint8Array {
  const row = Buffer.alloc(CENTRAL_SIZE)
  row.writeUInt32LE(CENTRAL, 0)
  row.writeUInt16LE(VERSION, 4)
  head.copy(row, 6, 4, LOCAL_SIZE)
  const isFar = offset >= 0xffffffff
  const extra = Buffer.alloc(isFar ? 12 : 0)
  if (isFar) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(8, 2)
    extra.writeBigUInt64LE(BigInt(offset), 4)
  }
  row.writeUInt16LE(extra.length, 30)
  row.writeUInt32LE(isFar ? 0xffffffff : offset, 42)
  return Buffer.concat([row, name, extra])
}

function ending(entries: number, size: number, offset: number): Uint8Array {
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(END64, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(VERSION, 12)
  end64.writeUInt16LE(VERSION, 14)
  end64.writeBigUInt64LE(BigInt(entries), 24)
  end64.writeBigUInt64LE(BigInt(entries), 32)
  end64.writeBigUInt64LE(BigInt(size), 40)
  end64.writeBigUInt64LE(BigInt(offset), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(LOCATOR64, 0)
  locator.writeBigUInt64LE(BigInt(offset + size), 8)
  locator.writeUInt32LE(1, 16)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(Math.min(entries, 0xffff), 8)
  end.writeUInt16LE(Math.min(entries, 0xffff), 10)
  end.writeUInt32LE(Math.min(size, 0xffffffff), 12)
  end.writeUInt32LE(Math.min(offset, 0xffffffff), 16)
  return Buffer.concat([end64, locator, end])
}
