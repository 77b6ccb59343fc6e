import type { Catalogue } from '../catalogue-entry.ts';

const retry = 'next-commit';

/** What can be wrong in a user's YAML files. The first one is thrown; the others are codes of diagnostics. */
export const definitionErrors = {
  'definition.invalid': {
    summary: 'the repository has errors',
    cause: 'At least one diagnostic of severity error. Nothing of such a commit is acted on, anywhere.',
    remedy: 'Run `kubic-init validate` in a clone; it lists all of them with line and remedy.',
    retry,
  },
  'definition.missing-file': {
    summary: 'a file that every cluster repository needs is not there',
    cause: 'cluster.yaml and nodes.yaml (or nodes/*.yaml) both have to be in the configured path.',
    remedy: 'Add the file; `kubic-init new` writes one with comments. Or set the right path in the settings.',
    retry,
  },
  'definition.misplaced-file': {
    summary: 'a file stands where it is not read',
    cause: 'Its name or folder is nearly one that is read, so somebody may believe that it counts.',
    remedy: 'Move or rename it.',
    retry,
  },
  'definition.two-node-lists': {
    summary: 'nodes.yaml and nodes/*.yaml are both there',
    cause: 'A cluster repository keeps its nodes in one form or the other, so that no entry is overlooked.',
    remedy: 'Keep one form: move the entries and delete the other.',
    retry,
  },
  'definition.symlink': {
    summary: 'a symbolic link',
    cause: 'Files are read from the Git object database, where a link leads nowhere.',
    remedy: 'Replace the link by the file itself.',
    retry,
  },
  'definition.submodule': {
    summary: 'a submodule',
    cause: 'Everything a cluster is made of has to be in its repository at the commit that was checked.',
    remedy: 'Copy the files in, or move the submodule out of the configured path.',
    retry,
  },
  'definition.too-large': {
    summary: 'a file is too large',
    cause: 'Sizes are bounded, so that no commit can exhaust a machine.',
    remedy: 'Split the file, or take out what does not belong in it.',
    retry,
  },
  'definition.not-utf8': {
    summary: 'a file is not UTF-8',
    cause: 'It was saved in another encoding, or it is no text. UTF-16 with a byte order mark is read, too.',
    remedy: 'Save it as UTF-8.',
    retry,
  },
  'definition.yaml': {
    summary: 'a YAML error',
    cause: 'The file breaks the rules of YAML 1.2; often an indentation, a tab or an unquoted special character.',
    remedy: 'Correct the YAML at this line.',
    retry,
  },
  'definition.empty-file': {
    summary: 'a file is empty',
    cause: 'It has no content, or only comments.',
    remedy: 'Write its content, or delete it where it is optional.',
    retry,
  },
  'definition.several-documents': {
    summary: 'several YAML documents in one file',
    cause: 'A `---` starts a second document, which would not be read.',
    remedy: 'Keep one document in this file.',
    retry,
  },
  'definition.duplicate-key': {
    summary: 'a key stands twice in one mapping',
    cause: 'YAML keeps only one of them, so one line would not count.',
    remedy: 'Keep one of the two lines.',
    retry,
  },
  'definition.alias-bomb': {
    summary: 'YAML aliases that grow too large',
    cause:
      'Aliases of aliases grow beyond all bounds when they are expanded. Many uses of one small anchor are none of that.',
    remedy: 'Write the values out.',
    retry,
  },
  'definition.too-deep': {
    summary: 'YAML nested too deeply',
    cause: 'No field of any kind is nested that deeply; such a file is an accident or an attack.',
    remedy: 'Take the nesting out.',
    retry,
  },
  'definition.wrong-version': {
    summary: 'another apiVersion than this program reads',
    cause: 'The file was written for another release of kubic-init, or for another program.',
    remedy: 'Write `apiVersion: kubic.suse.com/v1beta1`, or run the release that reads this version.',
    retry,
  },
  'definition.wrong-kind': {
    summary: 'another kind than belongs in this file',
    cause: "The file's name says what it describes, and its kind says something else.",
    remedy: 'Write the right kind, or move the file.',
    retry,
  },
  'definition.unknown-field': {
    summary: 'a field that this kind does not have',
    cause: 'A typing error, a field at the wrong indentation, or one of another release.',
    remedy: 'Correct its name or remove it.',
    retry,
  },
  'definition.missing-field': {
    summary: 'a required field is not there',
    cause: 'It has no default, because no default would be right for everybody.',
    remedy: 'Add the field.',
    retry,
  },
  'definition.invalid-value': {
    summary: 'a value that its field cannot have',
    cause: 'Its type, form or range is not what the field holds.',
    remedy: 'Write a value as the reference describes it.',
    retry,
  },
  'definition.not-supported': {
    summary: 'not supported yet',
    cause: 'The design has it, and this release does not.',
    remedy: 'Take it out until a release supports it.',
    retry,
  },
} as const satisfies Catalogue;
