/** Paths of files, without any file system: slashes, `.` and `..`. */

/** What `name` means when it is written in `file`. */
export function relativeTo(file: string, name: string): string {
  if (name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name)) return name;
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return normal(`${folder}${name}`);
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    const last = parts[parts.length - 1];
    if (part === '.') continue;
    if (part === '..' && last !== undefined && last !== '..' && last !== '') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
