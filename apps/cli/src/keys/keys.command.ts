import { randomBytes } from 'node:crypto';
import { Command } from 'commander';

/** `tranche keys`: prints a new key file. It is stored nowhere: who runs this keeps the output, apart from the database. */
export const keysCommand = (): Command =>
  new Command('keys').description('生成新的密钥文件（输出到标准输出） · print a new key file').action(async () => {
    const { generateKeyFile } = await import('@tranche/casework');
    process.stdout.write(generateKeyFile(randomBytes));
  });
