// Patterns, plainly: what AWS's pages say, on the pattern as it is written. All choices of values are tried.
//
// SNS Developer Guide "Amazon SNS subscription filter policies", EventBridge User Guide "Comparison operators",
// and the README of aws/event-ruler for arrays.

type Plain = Record<string, unknown>;

/** A value of a document, with the way to it: names, and places in lists. */
interface Found {
  readonly way: readonly (string | number)[];
  readonly value: unknown;
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function naiveMatches(pattern: Plain, document: unknown): boolean {
  if (!isPlain(document)) return false;
  const found = allOf(document, []);
  return withoutOr(pattern).some((fields) => {
    const paths = Object.keys(fields).sort((a, b) => (a < b ? -1 : 1));
    return tried(paths, fields, found, []);
  });
}

/** Patterns with `$or`, as several without; each by whole paths. */
function withoutOr(pattern: Plain): Plain[] {
  let all: Plain[] = [{}];
  for (const [name, value] of Object.entries(pattern)) {
    const more =
      name === '$or'
        ? (value as Plain[]).flatMap((branch) => withoutOr(branch))
        : isPlain(value)
          ? withoutOr(value).map((inside) =>
              Object.fromEntries(Object.entries(inside).map(([k, v]) => [`${name}.${k}`, v])),
            )
          : [{ [name]: value }];
    all = all.flatMap((one) => more.map((other) => ({ ...one, ...other })));
  }
  return all;
}

function allOf(value: unknown, way: (string | number)[]): Found[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => allOf(item, [...way, i]));
  if (isPlain(value))
    return Object.entries(value).flatMap(([name, inside]) => allOf(inside, [...way, name]));
  return [{ way, value }];
}

const pathOf = ({ way }: Found): string => way.filter((step) => typeof step === 'string').join('.');

/** Two values of one list of maps belong together only when they are in the same map. */
function together(a: Found, b: Found): boolean {
  for (let i = 0; i < Math.min(a.way.length, b.way.length); i++) {
    const [one, other] = [a.way[i], b.way[i]];
    if (one === other) continue;
    if (typeof one === 'string' || typeof other === 'string') return true;
    // The last place of a value itself in a list says nothing.
    return i === a.way.length - 1 || i === b.way.length - 1;
  }
  return true;
}

function tried(paths: string[], fields: Plain, found: Found[], chosen: Found[]): boolean {
  const [path, ...rest] = paths;
  if (path === undefined) return true;
  const conditions = fields[path] as unknown[];
  const here = found.filter(
    (one) => pathOf(one) === path && chosen.every((other) => together(one, other)),
  );
  if (here.length === 0)
    return (
      conditions.some((one) => isPlain(one) && one['exists'] === false) &&
      tried(rest, fields, found, chosen)
    );
  return here.some(
    (one) => fits(conditions, one.value) && tried(rest, fields, found, [...chosen, one]),
  );
}

// --- one value -------------------------------------------------------------------------------------

const isNumeric = (condition: unknown): boolean => {
  if (typeof condition === 'number') return true;
  if (!isPlain(condition)) return false;
  const but = condition['anything-but'];
  return 'numeric' in condition || typeof (Array.isArray(but) ? but[0] : but) === 'number';
};

function fits(conditions: readonly unknown[], value: unknown): boolean {
  const isAddressed = conditions.some(
    (one) => (typeof one === 'string' && bitsOf(one) !== null) || (isPlain(one) && 'cidr' in one),
  );
  const isNumbered = conditions.some(isNumeric);
  // AWS's matcher turns a value into an address where some condition wants one, and none wants a number.
  const asAddress = isAddressed && !isNumbered && typeof value === 'string' ? bitsOf(value) : null;
  return conditions.some((condition) => {
    const isOfAddress =
      (typeof condition === 'string' && bitsOf(condition) !== null) ||
      (isPlain(condition) && 'cidr' in condition);
    if (isOfAddress) return asAddress !== null && isInBlock(asAddress, condition);
    if (asAddress !== null)
      return isPlain(condition) && ('anything-but' in condition || condition['exists'] === true);
    return isPlain(condition) ? isMet(condition, value) : condition === value;
  });
}

function isMet(condition: Plain, value: unknown): boolean {
  const [[operator, operand]] = Object.entries(condition);
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'exists':
      return operand === true;
    case 'exactly':
      return value === operand;
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'equals-ignore-case':
      return text !== undefined && isLike(operator, operand, text);
    case 'numeric':
      return typeof value === 'number' && isWithin(operand as (string | number)[], value);
    case 'anything-but': {
      if (!isPlain(operand)) return !listOf(operand).includes(value);
      const [[inner, values]] = Object.entries(operand);
      return text === undefined || !listOf(values).some((one) => isLike(inner, one, text));
    }
    default:
      throw new Error(`no operator ${operator}`);
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function isLike(operator: string, operand: unknown, text: string): boolean {
  if (isPlain(operand)) {
    const folded = String(operand['equals-ignore-case']).toLowerCase();
    return isLike(operator, folded, text.toLowerCase());
  }
  const wanted = String(operand);
  if (operator === 'prefix') return text.startsWith(wanted);
  if (operator === 'suffix') return text.endsWith(wanted);
  if (operator === 'equals-ignore-case') return text.toLowerCase() === wanted.toLowerCase();
  const source = wanted.replace(/\\[\\*]|\*|[.+?^${}()|[\]\\]/g, (token) => {
    if (token === '*') return '[^]*';
    return token.length === 2 ? `\\${token[1]}` : `\\${token}`;
  });
  return new RegExp(`^${source}$`).test(text);
}

function isWithin(bounds: readonly (string | number)[], value: number): boolean {
  for (let i = 0; i < bounds.length; i += 2) {
    const bound = Number(bounds[i + 1]);
    const ok = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }[String(bounds[i])];
    if (ok !== true) return false;
  }
  return true;
}

// --- addresses ---------------------------------------------------------------------------------------

interface Bits {
  readonly version: 4 | 6;
  readonly number: bigint;
}

function bitsOf(text: string): Bits | null {
  if (/^\d+(\.\d+){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    if (parts.some((part) => part > 255)) return null;
    return { version: 4, number: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(text)) return null;
  const [head, tail, ...more] = text.split('::').map((half) => half.split(':').filter(Boolean));
  const given = head.length + (tail?.length ?? 0);
  if (more.length > 0 || (tail === undefined ? given !== 8 : given > 7)) return null;
  const groups = [...head, ...Array<string>(8 - given).fill('0'), ...(tail ?? [])];
  if (groups.some((group) => group.length > 4) || /(^|[^:]):$|^:[^:]|:::/.test(text)) return null;
  const number = groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
  return { version: 6, number };
}

function isInBlock(address: Bits, condition: unknown): boolean {
  const written = isPlain(condition) ? String(condition['cidr']) : String(condition);
  const [base, mask] = written.split('/');
  const block = bitsOf(base)!;
  const size = block.version === 4 ? 32 : 128;
  const free = BigInt(size - (mask === undefined ? size : Number(mask)));
  const top = block.number | ((1n << free) - 1n);
  return (
    address.version === block.version && address.number >= block.number && address.number <= top
  );
}
