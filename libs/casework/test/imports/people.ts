const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A synthetic identity number of Dalian, valid by its check digit; every `index` gives another one (up to 9.9 million). */
export function syntheticId(index: number): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(index / 28) % 12) + 1).padStart(2, '0');
  const year = String(1960 + (Math.floor(index / 336) % 30));
  const serial = String(Math.floor(index / 10_080) % 1000).padStart(3, '0');
  const body = `210202${year}${month}${day}${serial}`;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}
