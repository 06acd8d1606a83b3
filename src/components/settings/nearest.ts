/** The nearest valid spelling of a misspelt word. */

/** Edits (insert, delete, replace, swap of neighbours) between two words, letter case counting a half. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let old: number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++) {
      let cost = Math.min(old[k] + 1, row[k - 1] + 1, old[k - 1] + replaceCost(a[i - 1], b[k - 1]));
      const swapped = i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1];
      if (swapped) cost = Math.min(cost, older[k - 2] + 1);
      row.push(cost);
    }
    older = old;
    old = row;
  }
  return old[b.length];
}

function replaceCost(a: string, b: string): number {
  if (a === b) return 0;
  return lower(a) === lower(b) ? 0.5 : 1;
}

/** ASCII only, since Unicode's case mapping differs between engines. */
export function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}

const LONGEST_COMPARED = 80;

/** The candidate with the fewest edits, the first of equals; undefined when none is near. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > LONGEST_COMPARED) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 0.5;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? candidates.find((candidate) => lower(candidate) === lower(word));
}
