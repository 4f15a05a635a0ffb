/** A place and those around it, smallest first, by GB/T 2260 code: CN-210211 → CN-2102 → CN-21 → CN. */
export function placesAround(jurisdiction: string): string[] {
  if (!/^CN-\d{2}(\d{2}){0,2}$/.test(jurisdiction)) return [jurisdiction];
  const wider = jurisdiction.length > 5 ? jurisdiction.slice(0, -2) : 'CN';
  return [jurisdiction, ...(wider === 'CN' ? ['CN'] : placesAround(wider))];
}
