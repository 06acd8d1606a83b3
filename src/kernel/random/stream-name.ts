/**
 * Names of random streams, written so that different streams never share a name.
 *
 * seedrandom only looks at the low bytes of characters and repeats short names ('a' and 'aa' give
 * one generator). So a name is ASCII, its parts are percent-encoded and joined by a slash, which
 * an encoded part never contains, and it ends in a newline, which occurs nowhere else.
 */

/** `parts` as one name: injective for lists of equal length. */
export function streamName(parts: readonly string[]): string {
  return `${parts.map(encodePart).join('/')}\n`;
}

/** Letters, digits and `-._~` as they are, every other UTF-16 unit as % and four hex digits. */
function encodePart(part: string): string {
  let encoded = '';
  for (let i = 0; i < part.length; i++) {
    const unit = part.charCodeAt(i);
    encoded += isPlain(unit) ? part[i] : `%${unit.toString(16).padStart(4, '0')}`;
  }
  return encoded;
}

function isPlain(unit: number): boolean {
  const isDigit = unit >= 48 && unit <= 57;
  const isUpper = unit >= 65 && unit <= 90;
  const isLower = unit >= 97 && unit <= 122;
  return isDigit || isUpper || isLower || unit === 45 || unit === 46 || unit === 95 || unit === 126;
}
