/** A cell as RFC 4180 wants it; what a spreadsheet would compute is kept as text. */
export const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d,.]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
