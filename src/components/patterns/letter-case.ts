/**
 * Upper and lower case, letter by letter, for comparisons that ignore it. Own tables, since Unicode's mapping
 * differs between engines: Latin, Greek, Cyrillic, Armenian and full-width letters. Other scripts that have
 * case are compared as they are.
 */

/** Beyond ASCII: code units from..to, whose partner lies `step` above; upper case. */
const SHIFTED: readonly (readonly [from: number, to: number, step: number])[] = [
  [0xc0, 0xd6, 32],
  [0xd8, 0xde, 32],
  [0x386, 0x386, 38],
  [0x388, 0x38a, 37],
  [0x38c, 0x38c, 64],
  [0x38e, 0x38f, 63],
  [0x391, 0x3a1, 32],
  [0x3a3, 0x3ab, 32],
  [0x400, 0x40f, 80],
  [0x410, 0x42f, 32],
  [0x531, 0x556, 48],
  [0x178, 0x178, -121],
  [0x23a, 0x23a, 0x2a2b],
  [0x23e, 0x23e, 0x2a28],
  [0x1e9e, 0x1e9e, -7615],
  [0xff21, 0xff3a, 32],
];

/** Code units from..to in which upper and lower case alternate, upper first. */
const PAIRED: readonly (readonly [from: number, to: number])[] = [
  [0x100, 0x12f],
  [0x132, 0x137],
  [0x139, 0x148],
  [0x14a, 0x177],
  [0x179, 0x17e],
  [0x1cd, 0x1dc],
  [0x1de, 0x1ef],
  [0x1f8, 0x21f],
  [0x222, 0x233],
  [0x460, 0x481],
  [0x48a, 0x4bf],
  [0x4c1, 0x4ce],
  [0x4d0, 0x52f],
  [0x1e00, 0x1e95],
  [0x1ea0, 0x1eff],
];

/** Other letters that are the same in one of the cases. */
const FINAL_SIGMA = 0x3c2;
const SIGMA = 0x3c3;

/** The lower case of a code unit; itself without one. */
function lowerOf(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;
  for (const [from, to, step] of SHIFTED) if (unit >= from && unit <= to) return unit + step;
  for (const [from, to] of PAIRED)
    if (unit >= from && unit <= to) return (unit - from) % 2 === 0 ? unit + 1 : unit;
  return unit === FINAL_SIGMA ? SIGMA : unit;
}

/** The same text for texts that differ in case only; of the same length. */
export function foldedCase(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) folded += String.fromCharCode(lowerOf(text.charCodeAt(i)));
  return folded;
}

/** Whether a text has `folded` (of foldedCase) at a place, whatever the case. */
export function hasFolded(text: string, folded: string, at: number): boolean {
  for (let i = 0; i < folded.length; i++)
    if (lowerOf(text.charCodeAt(at + i)) !== folded.charCodeAt(i)) return false;
  return true;
}
