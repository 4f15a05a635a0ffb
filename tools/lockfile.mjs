// What package-lock.json says, compared with what lies in node_modules. No dependencies, no network.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Parses a lock file; null when it is missing or unreadable. */
export function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Names each optional dependency that the lock promises but does not pin. `npm install` drops packages a registry does not offer
 * silently; `npm ci` then refuses the lock on a machine of that platform.
 */
export function missingOptionals(lock) {
  const missing = new Set();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies || {})) {
      if (!resolvable(lock.packages, path, name)) missing.add(`${path || '.'} → ${name}`);
    }
  }
  return [...missing];
}

/** Node's look-up: the package's own node_modules first, then each folder above, at last the root's. */
function resolvable(packages, from, name) {
  const folders = from.split('/node_modules/').map((_, i, parts) => parts.slice(0, i + 1).join('/node_modules/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some((path) => packages[path]);
}

/** True when node_modules holds what the lock asks for (by time stamp, or by content when only the time stamp changed). */
export function isInstalled(root) {
  const lockPath = join(root, 'package-lock.json');
  const hiddenPath = join(root, 'node_modules', '.package-lock.json');
  const hidden = readLock(hiddenPath);
  if (hidden === null) return false;
  if (statSync(hiddenPath).mtimeMs >= statSync(lockPath).mtimeMs) return true;
  const lock = readLock(lockPath);
  return lock !== null && sameContent(lock.packages, hidden.packages);
}

function sameContent(wanted, present) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = present[path];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && (!entry.integrity || !found.integrity || found.integrity === entry.integrity);
  });
}
