/** What content-based deduplication knows a message by: the SHA-256 of its body, not of its attributes. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export function contentId(body: string): string {
  return bytesToHex(sha256(utf8ToBytes(body)));
}

/** The bytes of a text in base64. */
export function base64Of(text: string): string {
  const bytes = utf8ToBytes(text);
  let encoded = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => BASE64[(group >> shift) & 63]);
    encoded += digits.slice(0, Math.min(4, bytes.length - i + 1)).join('');
  }
  return encoded.padEnd(4 * Math.ceil(encoded.length / 4), '=');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** As SQS counts them. */
export function bytesOf(text: string): number {
  return utf8ToBytes(text).length;
}
