import { type Diagnostic, problem, warning } from '../document/diagnostic.ts';
import type { YamlFile } from '../document/read-yaml.ts';
import { fieldText } from '../document/value-at.ts';
import { parseSubnets, subnetsOverlap } from '../text/address.ts';
import { quote } from '../text/quote.ts';
import { checkKubeadmOverrides } from './check-kubeadm-overrides.ts';

const network = ['spec', 'network'];
const components = ['spec', 'components'];

/** What no schema can say of cluster.yaml: fields against each other, and what of kubeadm's is ours. */
export function checkCluster(yaml: YamlFile | undefined): readonly Diagnostic[] {
  return yaml === undefined ? [] : [...checkNetwork(yaml), ...checkComponents(yaml), ...checkKubeadmOverrides(yaml)];
}

function checkNetwork(yaml: YamlFile): readonly Diagnostic[] {
  const pods = parseSubnets(fieldText(yaml, [...network, 'podSubnet']) ?? '') ?? [];
  const services = parseSubnets(fieldText(yaml, [...network, 'serviceSubnet']) ?? '') ?? [];
  return services.flatMap((service) =>
    pods
      .filter((pod) => subnetsOverlap(pod, service))
      .map((pod) => {
        const message = `serviceSubnet ${quote(service.text)} overlaps podSubnet ${quote(pod.text)}`;
        return problem('definition.overlapping-subnets', yaml.placeOf([...network, 'serviceSubnet']), message);
      }),
  );
}

function checkComponents(yaml: YamlFile): readonly Diagnostic[] {
  const source = fieldText(yaml, [...components, 'source']) ?? 'host';
  const image = fieldText(yaml, [...components, 'image']);
  if (source === 'image' && image === undefined) {
    const message = '`image` is missing in `spec.components`: its source is `image`';
    const remedy = 'Add it, pinned by digest: `image: registry.example.com/kubic-components@sha256:<64 hex digits>`.';
    return [problem('definition.missing-field', yaml.placeOfKey(components), message, remedy)];
  }
  if (source === 'host' && image !== undefined) {
    const message = '`spec.components.image` has no effect: the source is `host`';
    const remedy = 'Remove it, or write `source: image`.';
    return [warning('definition.invalid-value', yaml.placeOf([...components, 'image']), message, remedy)];
  }
  return [];
}
