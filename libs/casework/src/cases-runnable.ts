import { StartRefused, systemActor } from '@tranche/database';
import type { House } from './house.js';

type Kind = { policyId: string; policyVersion: string; jurisdiction: string; machineHash: string; caseNo: string; cases: number };

/**
 * Every case that is not closed must have its machine, and the very one it was opened with: otherwise a rule would have changed
 * under a running case. Throws `StartRefused`.
 */
export async function assertCasesRunnable(house: House): Promise<void> {
  const kinds = await house.database.read<Kind>(
    systemActor('boot'),
    `SELECT policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, machine_hash AS "machineHash", min(case_no) AS "caseNo", count(*)::int AS cases
     FROM cases WHERE standing <> 'closed' GROUP BY 1, 2, 3, 4`,
  );
  for (const kind of kinds) assertKind(house, kind);
}

function assertKind(house: House, kind: Kind): void {
  const known = hashOf(house, kind);
  if (known === kind.machineHash) return;
  const which = `${kind.policyId} ${kind.policyVersion} ${kind.jurisdiction}`;
  const missing = known === null;
  throw new StartRefused('case-machine-unknown', {
    zh: `无法启动:${kind.cases} 个案件(如 ${kind.caseNo})所依据的政策 ${which} ${missing ? '不在本版本中' : '的流程与立案时不同'}。请部署包含该政策版本的程序，或以 tranche cases migrate --to <版本> --dry-run 查看迁移后的差异；数据未作任何更改。`,
    en: `Cannot start: ${kind.cases} cases (such as ${kind.caseNo}) run on policy ${which}, which ${missing ? 'this release does not have' : 'has another machine than when they were opened'}. Deploy a release with that policy version, or see with tranche cases migrate --to <version> --dry-run what moving them would change; nothing was changed.`,
  });
}

function hashOf(house: House, kind: Kind): string | null {
  try {
    return house.policies.of(kind).hash;
  } catch {
    return null;
  }
}
