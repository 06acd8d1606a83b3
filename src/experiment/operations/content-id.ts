/** What content-based deduplication knows a message by: the SHA-256 of its body, not of its attributes. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export function contentId(body: string): string {
  return bytesToHex(sha256(utf8ToBytes(body)));
}

/** As SQS counts them. */
export function bytesOf(text: string): number {
  return utf8ToBytes(text).length;
}
