import { checkInstruction } from './check-instruction.js';
import type { BankInstruction, BankParty } from './port.js';

/**
 * The bytes of a payment request: JSON in UTF-8, fields in a fixed order, amounts as decimal strings of fen.
 * Throws RangeError for an instruction that `checkInstruction` refuses: such a one should have been stopped at its batch.
 */
export function renderRequest(instruction: BankInstruction): Uint8Array {
  const [wrong] = checkInstruction(instruction);
  if (wrong !== undefined) throw new RangeError(`instruction ${instruction.endToEndId}: ${wrong.field}: ${wrong.message.en}`);
  const { endToEndId, instrId, amountFen, debtor, creditor, remittance, executionDate } = instruction;
  const content = {
    endToEndId,
    instrId,
    currency: 'CNY',
    amountFen: amountFen.toString(),
    debtor: partyOf(debtor),
    creditor: partyOf(creditor),
    remittance,
    executionDate,
  };
  return new TextEncoder().encode(JSON.stringify(content));
}

/** What an answer must agree with. */
export interface Asked {
  readonly endToEndId: string;
  readonly amountFen: bigint;
}

/** Reference and amount of committed request bytes. Throws RangeError when `renderRequest` did not write them. */
export function readRequest(request: Uint8Array): Asked {
  const instruction = instructionOf(request);
  if (Buffer.compare(renderRequest(instruction), request) !== 0) throw new RangeError('these bytes are not a payment request of ours');
  return { endToEndId: instruction.endToEndId, amountFen: instruction.amountFen };
}

function instructionOf(request: Uint8Array): BankInstruction {
  try {
    const content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request)) as BankInstruction & { amountFen: string };
    return { ...content, amountFen: BigInt(content.amountFen) };
  } catch (cause) {
    throw new RangeError('these bytes are not a payment request of ours', { cause });
  }
}

function partyOf({ name, accountNo, bankNo }: BankParty): BankParty {
  return { name, accountNo, bankNo };
}
