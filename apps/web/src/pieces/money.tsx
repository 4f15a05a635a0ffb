import { yuan } from './fen.js';

/** `¥270,000.00`, in figures of one width; a dash where there is no amount yet. */
export function Money({ fen, plain = false }: { readonly fen: string | null | undefined; readonly plain?: boolean }) {
  if (fen === null || fen === undefined) return <span className="soft">—</span>;
  const amount = yuan(fen);
  const negative = amount.startsWith('-');
  return (
    <span className="money">
      {negative ? '−' : ''}
      {plain ? '' : '¥'}
      {negative ? amount.slice(1) : amount}
    </span>
  );
}
