// Loaded before a child's own code: when the supervisor is gone, however it died, the child ends too.

const GRACE_MS = 5_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});

// Listening must not keep a program alive that has finished its work.
process.channel?.unref();
