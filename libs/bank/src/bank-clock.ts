/**
 * Sandbox only: sets the simulator's clock to the system clock plus `offsetMs`, so that its settlement dates follow the sandbox's legal clock.
 * Call it before payments of the new day are sent. Throws when the simulator does not confirm the offset.
 */
export async function setBankClock(baseUrl: string, offsetMs: number, timeoutMs = 5_000): Promise<void> {
  const answer = await fetch(new URL('clock', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offsetMs }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const confirmed = (await answer.json()) as { offsetMs?: unknown };
  if (!answer.ok || confirmed.offsetMs !== offsetMs) throw new Error(`the bank simulator did not set its clock: HTTP ${answer.status}`);
}
