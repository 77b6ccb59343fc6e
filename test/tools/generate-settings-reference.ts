import { CONFIG_VARIABLE, flagName, settingSources } from '../../src/settings/setting-sources.ts';

/** Which variable and which flag sets each field of a machine's settings. */
export function generateSettingsReference(): string {
  const rows = settingSources.map(({ field, variable, flag }) => {
    return `| \`${field.join('.')}\` | \`${variable}\` | ${flag === undefined ? '' : `\`${flagName(flag)}\``} |`;
  });
  return `# Settings of a machine

<!-- Generated from src/settings/setting-sources.ts by \`npm run generate\`. -->

A flag beats the environment variable, which beats the file \`/etc/kubic/kubic-init.yaml\`
([KubicInitConfiguration](kubic-init-configuration.md) describes its fields). \`--config\` or \`${CONFIG_VARIABLE}\` names
another file. An empty variable counts as not set. Secrets stand in files that these settings name; they are read anew at
each sync.

| Field | Environment variable | Flag |
| --- | --- | --- |
${rows.join('\n')}
`;
}
