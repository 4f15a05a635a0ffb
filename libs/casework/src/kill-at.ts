import type { Checkpoint } from './house.js';

/** Sandbox only: kills this process, as a power cut would, when it reaches the named point; does nothing when none is named. */
export const killAt =
  (named: Checkpoint | null) =>
  (point: Checkpoint): void => {
    if (point === named) process.kill(process.pid, 'SIGKILL');
  };
