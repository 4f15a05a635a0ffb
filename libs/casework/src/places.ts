/** GB/T 2260: 2102xx lies in Dalian (2102), which lies in Liaoning (21). */
export const jurisdictionOf = (district: string): string => `CN-${district.slice(0, 4)}`;
export const scopesOf = (district: string): string[] => [
  district,
  `CN-${district}`,
  `CN-${district.slice(0, 4)}`,
  `CN-${district.slice(0, 2)}`,
];
