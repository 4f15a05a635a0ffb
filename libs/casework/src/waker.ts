import type { Topic } from './queues.js';

/**
 * A wake-up call that nobody waits for: at most one `add` per kind of work is under way and one more is remembered, so that an
 * unreachable queue costs neither memory nor an error. A lost call costs only time: the worker sweeps by itself.
 */
export function coalescingWaker(
  add: (topic: Topic) => Promise<unknown>,
  lost: (topic: Topic, error: unknown) => void,
): (topic: Topic) => void {
  const underWay = new Map<Topic, { again: boolean }>();
  const call = async (topic: Topic): Promise<void> => {
    const state = { again: false };
    underWay.set(topic, state);
    try {
      await add(topic);
    } catch (error) {
      lost(topic, error);
    } finally {
      underWay.delete(topic);
      if (state.again) void call(topic);
    }
  };
  return (topic) => {
    const state = underWay.get(topic);
    if (state) state.again = true;
    else void call(topic);
  };
}
