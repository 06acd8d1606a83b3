/** AWS's names of attributes and ours: `VisibilityTimeout` is visibilityTimeout. ASCII letters only. */

const CASE = 32;

/** `visibilityTimeout` is VisibilityTimeout for AWS. */
export function awsName(key: string): string {
  const first = key.charCodeAt(0);
  const isLower = first >= 97 && first <= 122;
  return isLower ? String.fromCharCode(first - CASE) + key.slice(1) : key;
}

/** `VisibilityTimeout` is visibilityTimeout here. */
export function ourName(key: string): string {
  const first = key.charCodeAt(0);
  const isUpper = first >= 65 && first <= 90;
  return isUpper ? String.fromCharCode(first + CASE) + key.slice(1) : key;
}
