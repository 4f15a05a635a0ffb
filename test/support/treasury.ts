import type { Policy, WorkedExample } from '@tranche/policies';
import type { RunningHouse } from './processes.js';

type Fund = { readonly id: string; readonly code: string; readonly district: string; readonly fiscalYear: number };

/** Money and figures that lives need besides what the sandbox has: given over HTTP, by two people each. */
export class Treasury {
  private readonly given = new Map<string, Promise<void>>();
  private known: Promise<readonly Fund[]> | undefined;

  constructor(private readonly house: RunningHouse) {}

  /** Plenty in the funds of these codes, once for a district and year. */
  async fill(codes: readonly string[], district: string, years: readonly number[]): Promise<void> {
    await Promise.all(
      codes.flatMap((code) => years.map((year) => this.once(`${code} ${district} ${year}`, () => this.give(code, district, year)))),
    );
  }

  /** The parameters an example sets otherwise, as administration sets them: for its place from long ago on. */
  async set(policy: Policy, { set = {}, place = policy.jurisdiction }: WorkedExample): Promise<void> {
    const { doc, clause, basis } = policy.cite;
    for (const [key, value] of Object.entries(set)) {
      const content = {
        policyId: policy.id,
        key,
        scope: place,
        effectiveFrom: '2019-01-01',
        value,
        cite: { doc, clause, basis },
        reason: '示例',
      };
      await this.once(`${policy.id} ${place} ${key}`, async () => {
        const { id } = await this.house.client.post<{ id: string }>('supervisor', 'parameters', content);
        await this.house.client.post('approver', `parameters/${id}/approve`);
      });
    }
  }

  private once(name: string, work: () => Promise<void>): Promise<void> {
    const known = this.given.get(name) ?? work();
    this.given.set(name, known);
    return known;
  }

  private async give(code: string, district: string, fiscalYear: number): Promise<void> {
    const { client } = this.house;
    this.known ??= client.get<{ items: Fund[] }>('maker', 'funds?limit=200').then(({ items }) => items);
    const known = (await this.known).find((fund) => fund.code === code && fund.district === district && fund.fiscalYear === fiscalYear);
    const debtor = { debtorName: '示例财政局', debtorAccountNo: `2100020000000${district}`, debtorBankNo: '102100099996' };
    const opened = { code, district, fiscalYear, name: { zh: code, en: code }, ...debtor };
    const { id } = known ?? (await client.post<Fund>('supervisor', 'funds', opened));
    const money = { amountFen: '1000000000000', documentNo: `${code} ${fiscalYear}` };
    const { id: appropriation } = await client.post<{ id: string }>('maker', `funds/${id}/appropriations`, money);
    await client.post('checker', `funds/${id}/appropriations/${appropriation}/approve`);
  }
}
