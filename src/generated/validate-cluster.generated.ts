// @ts-nocheck
// Generated from schemas/ by `npm run generate`: change the schema, not this file.
import { ajvFormats, countCharacters, type Validator } from './validator.ts';

export const validate: Validator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/cluster.schema.json","title":"Cluster","description":"The file cluster.yaml: the one place for versions, seeder, network, schedule and guards of a cluster.","type":"object","additionalProperties":false,"required":["apiVersion","kind","spec"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"Cluster"},"metadata":{"description":"What the cluster is called.","type":"object","additionalProperties":false,"properties":{"name":{"description":"The cluster's name, as kubeconfig files and reports show it.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `demo`","default":"kubernetes","examples":["demo"]}},"default":{}},"spec":{"description":"What the cluster is to be.","type":"object","additionalProperties":false,"required":["kubernetesVersion","seeder","controlPlaneEndpoint","network"],"properties":{"kubernetesVersion":{"description":"The Kubernetes version of every machine; the only place a version stands. This release does not upgrade: once the cluster runs, another version is held (`kubeadm.version-held`).","type":"string","pattern":"^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$","patternErrorMessage":"write the whole version with a leading v: `v1.36.3`","examples":["v1.36.3"]},"seeder":{"description":"The name of the accepted node that bootstraps the cluster.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write the name of a node of the accepted list: `cp-1`","examples":["cp-1"]},"clusterCA":{"description":"The digest of the cluster CA's public key, written after the bootstrap. While it stands, no machine without this CA ever bootstraps.","type":"string","pattern":"^sha256:[0-9a-f]{64}$","patternErrorMessage":"write `sha256:` and 64 lower-case hex digits, as `kubic-init nodes accept` of the seeder writes it","examples":["sha256:6f1ed002ab5595859014ebf0951522d9c1f2f0a4b5d3c7b8a1f0e9d8c7b6a595"]},"controlPlaneEndpoint":{"description":"Where every machine reaches the API server, as host:port. Needed even with one control plane, because it cannot be added later.","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$","patternErrorMessage":"write a host and a port: `10.250.0.11:6443`, `api.example.com:6443` or `[fd00::11]:6443`","examples":["10.250.0.11:6443","api.example.com:6443"],"format":"kubic-host-port"},"enrolment":{"description":"Where machines ask for admission.","type":"object","additionalProperties":false,"properties":{"endpoints":{"description":"The control planes' enrolment endpoints, or a TCP load balancer in front of them, tried in turn. Without it: the host of controlPlaneEndpoint, port 9443.","type":"array","minItems":1,"maxItems":32,"items":{"type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$","patternErrorMessage":"write a host and a port: `10.250.0.11:9443`","format":"kubic-host-port"},"examples":[["10.250.0.11:9443"]]}}},"network":{"description":"The cluster's networks. A running cluster cannot follow a change of them.","type":"object","additionalProperties":false,"required":["podSubnet","serviceSubnet"],"properties":{"podSubnet":{"description":"The range of the pods' addresses; for dual stack an IPv4 and an IPv6 range with a comma between.","type":"string","pattern":"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$","patternErrorMessage":"write an address range: `10.244.0.0/16`","examples":["10.244.0.0/16","10.244.0.0/16,fd00:10:244::/56"],"format":"kubic-subnets"},"serviceSubnet":{"description":"The range of the services' addresses; for dual stack an IPv4 and an IPv6 range with a comma between.","type":"string","pattern":"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$","patternErrorMessage":"write an address range: `10.96.0.0/16`","examples":["10.96.0.0/16","10.96.0.0/16,fd00:10:96::/112"],"format":"kubic-subnets"},"dnsDomain":{"description":"The domain of the services' names.","type":"string","pattern":"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$","patternErrorMessage":"write a domain in lower case: `cluster.local`","default":"cluster.local","examples":["cluster.local"]}}},"schedule":{"description":"When each node syncs: cron, five fields (minute, hour, day of month, month, day of week). Each node adds a fixed delay of its own.","type":"string","maxLength":200,"default":"* * * * *","examples":["* * * * *","*/10 * * * *"],"format":"kubic-cron","patternErrorMessage":"write five fields with spaces between, minute hour day month weekday: `*/5 * * * *`"},"components":{"description":"Where kubeadm, kubelet and their companions come from.","type":"object","additionalProperties":false,"properties":{"source":{"description":"`host`: the distribution's packages. `image`: an OCI image (accepted in this release, but held by the plan).","enum":["host","image"],"default":"host","examples":["host"]},"image":{"description":"The OCI image with the components, pinned by digest. Only with source image.","type":"string","maxLength":512,"pattern":"^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$","patternErrorMessage":"pin the image by its digest: `registry.example.com/kubic-components@sha256:<64 hex digits>`","examples":["registry.example.com/kubic-components@sha256:6f1ed002ab5595859014ebf0951522d9c1f2f0a4b5d3c7b8a1f0e9d8c7b6a595"]}},"default":{}},"kubeadm":{"description":"Merged last into what kubic-init writes for kubeadm. Lists of named entries (extraArgs, extraVolumes) merge by name; what kubic-init owns cannot be set here.","type":"object","additionalProperties":false,"properties":{"clusterConfiguration":{"description":"Fields of kubeadm.k8s.io/v1beta4 ClusterConfiguration.","type":"object","default":{},"examples":[{"apiServer":{"extraArgs":[{"name":"audit-log-maxage","value":"30"}]}}]},"initConfiguration":{"description":"Fields of kubeadm.k8s.io/v1beta4 InitConfiguration.","type":"object","default":{},"examples":[{"localAPIEndpoint":{"advertiseAddress":"10.250.0.11"}}]},"joinConfiguration":{"description":"Fields of kubeadm.k8s.io/v1beta4 JoinConfiguration.","type":"object","default":{},"examples":[{"nodeRegistration":{"criSocket":"unix:///run/crio/crio.sock"}}]},"kubeletConfiguration":{"description":"Fields of kubelet.config.k8s.io/v1beta1 KubeletConfiguration.","type":"object","default":{},"examples":[{"maxPods":200}]},"kubeProxyConfiguration":{"description":"Fields of kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration.","type":"object","default":{},"examples":[{"mode":"nftables"}]}},"default":{}},"upgrade":{"description":"How an upgrade goes through the machines. Checked and otherwise unused by this release, which does not upgrade: another version is held (`kubeadm.version-held`).","type":"object","additionalProperties":false,"properties":{"maxUnavailable":{"description":"How many workers may be upgraded at once.","type":"integer","minimum":1,"maximum":1000,"default":1,"examples":[1]},"drainTimeout":{"description":"How long a drain may take before the upgrade of that node stops.","type":"string","pattern":"^([1-9][0-9]{0,4}(s|m|h))+$","patternErrorMessage":"write a duration in s, m or h: `5m`","maxLength":24,"default":"5m","examples":["5m","1h30m"]},"window":{"description":"Days and hours (UTC) in which a disruptive step may start; null: any time.","type":["string","null"],"pattern":"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$","patternErrorMessage":"write days and hours in UTC: `Sat-Sun 22:00-04:00`, or null","default":null,"examples":["Sat-Sun 22:00-04:00","22:00-04:00"]}},"default":{}},"guards":{"description":"What a commit may not do to the cluster. `protect` and `confirm` count in this release.","type":"object","additionalProperties":false,"properties":{"maxRemovals":{"description":"How many nodes one commit may remove: a number, or a share of the accepted list (rounded up, at least one). Unused by this release, which removes none: each removal is held (`admission.removed`).","type":["string","integer"],"pattern":"^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$","patternErrorMessage":"write a number of nodes or a share of them: `2` or `20%`","minimum":0,"maximum":99999,"default":"20%","examples":["20%",2]},"protect":{"description":"Objects that kubic-init never deletes, nor anything that would take them along (their Namespace, the CustomResourceDefinition of their kind): Kind/name, or Kind/namespace/name. One that is taken out counts until the commit after.","type":"array","maxItems":1000,"items":{"type":"string","maxLength":400,"pattern":"^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$","patternErrorMessage":"write Kind/name or Kind/namespace/name: `Namespace/kube-system`"},"default":["Namespace/kube-system"],"examples":[["Namespace/kube-system","PersistentVolumeClaim/db/data"]]},"confirm":{"description":"Digests of held deletions that may go ahead, with all that goes along: `kubic-init plan` and `status` show the digest of each. It is made of what would be deleted, by kind and name, so it counts until it is taken out again: do that when the deletion is done. It lets nothing go that `protect` names.","type":"array","maxItems":1000,"items":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$","patternErrorMessage":"write a digest: `sha256:<64 hex digits>`"},"default":[],"examples":[["sha256:6f1ed002ab5595859014ebf0951522d9c1f2f0a4b5d3c7b8a1f0e9d8c7b6a595"]]}},"default":{}}}}}};
const pattern4 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
const pattern5 = new RegExp("^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$", "u");
const pattern7 = new RegExp("^sha256:[0-9a-f]{64}$", "u");
const pattern8 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$", "u");
const pattern10 = new RegExp("^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$", "u");
const pattern12 = new RegExp("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$", "u");
const pattern13 = new RegExp("^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$", "u");
const pattern14 = new RegExp("^([1-9][0-9]{0,4}(s|m|h))+$", "u");
const pattern15 = new RegExp("^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", "u");
const pattern16 = new RegExp("^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$", "u");
const pattern17 = new RegExp("^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$", "u");
const func1 = Object.prototype.hasOwnProperty;
const func2 = countCharacters;
const formats0 = ajvFormats["kubic-host-port"];
const formats4 = ajvFormats["kubic-subnets"];
const formats8 = ajvFormats["kubic-cron"];

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/cluster.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.metadata === undefined){
data.metadata = {};
}
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.spec === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("kubic.suse.com/v1beta1" !== data0){
const err4 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema31.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Cluster" !== data1){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Cluster"},message:"must be equal to constant",schema:"Cluster",parentSchema:schema31.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
data2.name = "kubernetes";
}
for(const key1 in data2){
if(!(key1 === "name")){
const err6 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.metadata,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
let data3 = data2.name;
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err7 = {instancePath:instancePath+"/metadata/name",schemaPath:"#/properties/metadata/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.metadata.properties.name,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/metadata/name",schemaPath:"#/properties/metadata/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.metadata.properties.name.type,parentSchema:schema31.properties.metadata.properties.name,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/metadata",schemaPath:"#/properties/metadata/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.metadata.type,parentSchema:schema31.properties.metadata,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.spec !== undefined){
let data4 = data.spec;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.schedule === undefined){
data4.schedule = "* * * * *";
}
if(data4.components === undefined){
data4.components = {};
}
if(data4.kubeadm === undefined){
data4.kubeadm = {};
}
if(data4.upgrade === undefined){
data4.upgrade = {};
}
if(data4.guards === undefined){
data4.guards = {};
}
if(data4.kubernetesVersion === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "kubernetesVersion"},message:"must have required property '"+"kubernetesVersion"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4.seeder === undefined){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "seeder"},message:"must have required property '"+"seeder"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4.controlPlaneEndpoint === undefined){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "controlPlaneEndpoint"},message:"must have required property '"+"controlPlaneEndpoint"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.network === undefined){
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "network"},message:"must have required property '"+"network"+"'",schema:schema31.properties.spec.required,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data4){
if(!(func1.call(schema31.properties.spec.properties, key2))){
const err14 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.kubernetesVersion !== undefined){
let data5 = data4.kubernetesVersion;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err15 = {instancePath:instancePath+"/spec/kubernetesVersion",schemaPath:"#/properties/spec/properties/kubernetesVersion/pattern",keyword:"pattern",params:{pattern: "^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$"},message:"must match pattern \""+"^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$"+"\"",schema:"^v1\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,3})(-(alpha|beta|rc)\\.(0|[1-9][0-9]{0,3}))?$",parentSchema:schema31.properties.spec.properties.kubernetesVersion,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/spec/kubernetesVersion",schemaPath:"#/properties/spec/properties/kubernetesVersion/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.kubernetesVersion.type,parentSchema:schema31.properties.spec.properties.kubernetesVersion,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4.seeder !== undefined){
let data6 = data4.seeder;
if(typeof data6 === "string"){
if(!pattern4.test(data6)){
const err17 = {instancePath:instancePath+"/spec/seeder",schemaPath:"#/properties/spec/properties/seeder/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.spec.properties.seeder,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/spec/seeder",schemaPath:"#/properties/spec/properties/seeder/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.seeder.type,parentSchema:schema31.properties.spec.properties.seeder,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data4.clusterCA !== undefined){
let data7 = data4.clusterCA;
if(typeof data7 === "string"){
if(!pattern7.test(data7)){
const err19 = {instancePath:instancePath+"/spec/clusterCA",schemaPath:"#/properties/spec/properties/clusterCA/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\"",schema:"^sha256:[0-9a-f]{64}$",parentSchema:schema31.properties.spec.properties.clusterCA,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/spec/clusterCA",schemaPath:"#/properties/spec/properties/clusterCA/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.clusterCA.type,parentSchema:schema31.properties.spec.properties.clusterCA,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.controlPlaneEndpoint !== undefined){
let data8 = data4.controlPlaneEndpoint;
if(typeof data8 === "string"){
if(!pattern8.test(data8)){
const err21 = {instancePath:instancePath+"/spec/controlPlaneEndpoint",schemaPath:"#/properties/spec/properties/controlPlaneEndpoint/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$",parentSchema:schema31.properties.spec.properties.controlPlaneEndpoint,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!(formats0.validate(data8))){
const err22 = {instancePath:instancePath+"/spec/controlPlaneEndpoint",schemaPath:"#/properties/spec/properties/controlPlaneEndpoint/format",keyword:"format",params:{format: "kubic-host-port"},message:"must match format \""+"kubic-host-port"+"\"",schema:"kubic-host-port",parentSchema:schema31.properties.spec.properties.controlPlaneEndpoint,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/spec/controlPlaneEndpoint",schemaPath:"#/properties/spec/properties/controlPlaneEndpoint/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.controlPlaneEndpoint.type,parentSchema:schema31.properties.spec.properties.controlPlaneEndpoint,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.enrolment !== undefined){
let data9 = data4.enrolment;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
if(!(key3 === "endpoints")){
const err24 = {instancePath:instancePath+"/spec/enrolment",schemaPath:"#/properties/spec/properties/enrolment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.enrolment,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data9.endpoints !== undefined){
let data10 = data9.endpoints;
if(Array.isArray(data10)){
if(data10.length > 32){
const err25 = {instancePath:instancePath+"/spec/enrolment/endpoints",schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data10.length < 1){
const err26 = {instancePath:instancePath+"/spec/enrolment/endpoints",schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
if(typeof data11 === "string"){
if(!pattern8.test(data11)){
const err27 = {instancePath:instancePath+"/spec/enrolment/endpoints/" + i0,schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/items/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[1-9][0-9]{0,4}$",parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints.items,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!(formats0.validate(data11))){
const err28 = {instancePath:instancePath+"/spec/enrolment/endpoints/" + i0,schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/items/format",keyword:"format",params:{format: "kubic-host-port"},message:"must match format \""+"kubic-host-port"+"\"",schema:"kubic-host-port",parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints.items,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/spec/enrolment/endpoints/" + i0,schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.enrolment.properties.endpoints.items.type,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints.items,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/spec/enrolment/endpoints",schemaPath:"#/properties/spec/properties/enrolment/properties/endpoints/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.enrolment.properties.endpoints.type,parentSchema:schema31.properties.spec.properties.enrolment.properties.endpoints,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/spec/enrolment",schemaPath:"#/properties/spec/properties/enrolment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.enrolment.type,parentSchema:schema31.properties.spec.properties.enrolment,data:data9};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data4.network !== undefined){
let data12 = data4.network;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.dnsDomain === undefined){
data12.dnsDomain = "cluster.local";
}
if(data12.podSubnet === undefined){
const err32 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/required",keyword:"required",params:{missingProperty: "podSubnet"},message:"must have required property '"+"podSubnet"+"'",schema:schema31.properties.spec.properties.network.required,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data12.serviceSubnet === undefined){
const err33 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/required",keyword:"required",params:{missingProperty: "serviceSubnet"},message:"must have required property '"+"serviceSubnet"+"'",schema:schema31.properties.spec.properties.network.required,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
for(const key4 in data12){
if(!(((key4 === "podSubnet") || (key4 === "serviceSubnet")) || (key4 === "dnsDomain"))){
const err34 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data12.podSubnet !== undefined){
let data13 = data12.podSubnet;
if(typeof data13 === "string"){
if(!pattern10.test(data13)){
const err35 = {instancePath:instancePath+"/spec/network/podSubnet",schemaPath:"#/properties/spec/properties/network/properties/podSubnet/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"},message:"must match pattern \""+"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"+"\"",schema:"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$",parentSchema:schema31.properties.spec.properties.network.properties.podSubnet,data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(!(formats4.validate(data13))){
const err36 = {instancePath:instancePath+"/spec/network/podSubnet",schemaPath:"#/properties/spec/properties/network/properties/podSubnet/format",keyword:"format",params:{format: "kubic-subnets"},message:"must match format \""+"kubic-subnets"+"\"",schema:"kubic-subnets",parentSchema:schema31.properties.spec.properties.network.properties.podSubnet,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/spec/network/podSubnet",schemaPath:"#/properties/spec/properties/network/properties/podSubnet/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.network.properties.podSubnet.type,parentSchema:schema31.properties.spec.properties.network.properties.podSubnet,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data12.serviceSubnet !== undefined){
let data14 = data12.serviceSubnet;
if(typeof data14 === "string"){
if(!pattern10.test(data14)){
const err38 = {instancePath:instancePath+"/spec/network/serviceSubnet",schemaPath:"#/properties/spec/properties/network/properties/serviceSubnet/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"},message:"must match pattern \""+"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$"+"\"",schema:"^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}(,[0-9A-Fa-f:.]{2,45}/[0-9]{1,3})?$",parentSchema:schema31.properties.spec.properties.network.properties.serviceSubnet,data:data14};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(!(formats4.validate(data14))){
const err39 = {instancePath:instancePath+"/spec/network/serviceSubnet",schemaPath:"#/properties/spec/properties/network/properties/serviceSubnet/format",keyword:"format",params:{format: "kubic-subnets"},message:"must match format \""+"kubic-subnets"+"\"",schema:"kubic-subnets",parentSchema:schema31.properties.spec.properties.network.properties.serviceSubnet,data:data14};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/spec/network/serviceSubnet",schemaPath:"#/properties/spec/properties/network/properties/serviceSubnet/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.network.properties.serviceSubnet.type,parentSchema:schema31.properties.spec.properties.network.properties.serviceSubnet,data:data14};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
let data15 = data12.dnsDomain;
if(typeof data15 === "string"){
if(!pattern12.test(data15)){
const err41 = {instancePath:instancePath+"/spec/network/dnsDomain",schemaPath:"#/properties/spec/properties/network/properties/dnsDomain/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$",parentSchema:schema31.properties.spec.properties.network.properties.dnsDomain,data:data15};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/spec/network/dnsDomain",schemaPath:"#/properties/spec/properties/network/properties/dnsDomain/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.network.properties.dnsDomain.type,parentSchema:schema31.properties.spec.properties.network.properties.dnsDomain,data:data15};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/spec/network",schemaPath:"#/properties/spec/properties/network/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.network.type,parentSchema:schema31.properties.spec.properties.network,data:data12};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
let data16 = data4.schedule;
if(typeof data16 === "string"){
if(func2(data16) > 200){
const err44 = {instancePath:instancePath+"/spec/schedule",schemaPath:"#/properties/spec/properties/schedule/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.spec.properties.schedule,data:data16};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(!(formats8.validate(data16))){
const err45 = {instancePath:instancePath+"/spec/schedule",schemaPath:"#/properties/spec/properties/schedule/format",keyword:"format",params:{format: "kubic-cron"},message:"must match format \""+"kubic-cron"+"\"",schema:"kubic-cron",parentSchema:schema31.properties.spec.properties.schedule,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/spec/schedule",schemaPath:"#/properties/spec/properties/schedule/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.schedule.type,parentSchema:schema31.properties.spec.properties.schedule,data:data16};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
let data17 = data4.components;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.source === undefined){
data17.source = "host";
}
for(const key5 in data17){
if(!((key5 === "source") || (key5 === "image"))){
const err47 = {instancePath:instancePath+"/spec/components",schemaPath:"#/properties/spec/properties/components/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.components,data:data17};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
let data18 = data17.source;
if(!((data18 === "host") || (data18 === "image"))){
const err48 = {instancePath:instancePath+"/spec/components/source",schemaPath:"#/properties/spec/properties/components/properties/source/enum",keyword:"enum",params:{allowedValues: schema31.properties.spec.properties.components.properties.source.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.spec.properties.components.properties.source.enum,parentSchema:schema31.properties.spec.properties.components.properties.source,data:data18};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data17.image !== undefined){
let data19 = data17.image;
if(typeof data19 === "string"){
if(func2(data19) > 512){
const err49 = {instancePath:instancePath+"/spec/components/image",schemaPath:"#/properties/spec/properties/components/properties/image/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema31.properties.spec.properties.components.properties.image,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(!pattern13.test(data19)){
const err50 = {instancePath:instancePath+"/spec/components/image",schemaPath:"#/properties/spec/properties/components/properties/image/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$"+"\"",schema:"^[a-z0-9][-a-zA-Z0-9._:/]*@sha256:[0-9a-f]{64}$",parentSchema:schema31.properties.spec.properties.components.properties.image,data:data19};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/spec/components/image",schemaPath:"#/properties/spec/properties/components/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.components.properties.image.type,parentSchema:schema31.properties.spec.properties.components.properties.image,data:data19};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/spec/components",schemaPath:"#/properties/spec/properties/components/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.components.type,parentSchema:schema31.properties.spec.properties.components,data:data17};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
let data20 = data4.kubeadm;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.clusterConfiguration === undefined){
data20.clusterConfiguration = {};
}
if(data20.initConfiguration === undefined){
data20.initConfiguration = {};
}
if(data20.joinConfiguration === undefined){
data20.joinConfiguration = {};
}
if(data20.kubeletConfiguration === undefined){
data20.kubeletConfiguration = {};
}
if(data20.kubeProxyConfiguration === undefined){
data20.kubeProxyConfiguration = {};
}
for(const key6 in data20){
if(!(((((key6 === "clusterConfiguration") || (key6 === "initConfiguration")) || (key6 === "joinConfiguration")) || (key6 === "kubeletConfiguration")) || (key6 === "kubeProxyConfiguration"))){
const err53 = {instancePath:instancePath+"/spec/kubeadm",schemaPath:"#/properties/spec/properties/kubeadm/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.kubeadm,data:data20};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
let data21 = data20.clusterConfiguration;
if(!(data21 && typeof data21 == "object" && !Array.isArray(data21))){
const err54 = {instancePath:instancePath+"/spec/kubeadm/clusterConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/clusterConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.clusterConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.clusterConfiguration,data:data21};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
let data22 = data20.initConfiguration;
if(!(data22 && typeof data22 == "object" && !Array.isArray(data22))){
const err55 = {instancePath:instancePath+"/spec/kubeadm/initConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/initConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.initConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.initConfiguration,data:data22};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
let data23 = data20.joinConfiguration;
if(!(data23 && typeof data23 == "object" && !Array.isArray(data23))){
const err56 = {instancePath:instancePath+"/spec/kubeadm/joinConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/joinConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.joinConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.joinConfiguration,data:data23};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
let data24 = data20.kubeletConfiguration;
if(!(data24 && typeof data24 == "object" && !Array.isArray(data24))){
const err57 = {instancePath:instancePath+"/spec/kubeadm/kubeletConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/kubeletConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.kubeletConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.kubeletConfiguration,data:data24};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
let data25 = data20.kubeProxyConfiguration;
if(!(data25 && typeof data25 == "object" && !Array.isArray(data25))){
const err58 = {instancePath:instancePath+"/spec/kubeadm/kubeProxyConfiguration",schemaPath:"#/properties/spec/properties/kubeadm/properties/kubeProxyConfiguration/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.properties.kubeProxyConfiguration.type,parentSchema:schema31.properties.spec.properties.kubeadm.properties.kubeProxyConfiguration,data:data25};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/spec/kubeadm",schemaPath:"#/properties/spec/properties/kubeadm/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.kubeadm.type,parentSchema:schema31.properties.spec.properties.kubeadm,data:data20};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
let data26 = data4.upgrade;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.maxUnavailable === undefined){
data26.maxUnavailable = 1;
}
if(data26.drainTimeout === undefined){
data26.drainTimeout = "5m";
}
if(data26.window === undefined){
data26.window = null;
}
for(const key7 in data26){
if(!(((key7 === "maxUnavailable") || (key7 === "drainTimeout")) || (key7 === "window"))){
const err60 = {instancePath:instancePath+"/spec/upgrade",schemaPath:"#/properties/spec/properties/upgrade/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.upgrade,data:data26};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
let data27 = data26.maxUnavailable;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err61 = {instancePath:instancePath+"/spec/upgrade/maxUnavailable",schemaPath:"#/properties/spec/properties/upgrade/properties/maxUnavailable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable.type,parentSchema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable,data:data27};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 1000 || isNaN(data27)){
const err62 = {instancePath:instancePath+"/spec/upgrade/maxUnavailable",schemaPath:"#/properties/spec/properties/upgrade/properties/maxUnavailable/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable,data:data27};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(data27 < 1 || isNaN(data27)){
const err63 = {instancePath:instancePath+"/spec/upgrade/maxUnavailable",schemaPath:"#/properties/spec/properties/upgrade/properties/maxUnavailable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema31.properties.spec.properties.upgrade.properties.maxUnavailable,data:data27};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
let data28 = data26.drainTimeout;
if(typeof data28 === "string"){
if(func2(data28) > 24){
const err64 = {instancePath:instancePath+"/spec/upgrade/drainTimeout",schemaPath:"#/properties/spec/properties/upgrade/properties/drainTimeout/maxLength",keyword:"maxLength",params:{limit: 24},message:"must NOT have more than 24 characters",schema:24,parentSchema:schema31.properties.spec.properties.upgrade.properties.drainTimeout,data:data28};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(!pattern14.test(data28)){
const err65 = {instancePath:instancePath+"/spec/upgrade/drainTimeout",schemaPath:"#/properties/spec/properties/upgrade/properties/drainTimeout/pattern",keyword:"pattern",params:{pattern: "^([1-9][0-9]{0,4}(s|m|h))+$"},message:"must match pattern \""+"^([1-9][0-9]{0,4}(s|m|h))+$"+"\"",schema:"^([1-9][0-9]{0,4}(s|m|h))+$",parentSchema:schema31.properties.spec.properties.upgrade.properties.drainTimeout,data:data28};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/spec/upgrade/drainTimeout",schemaPath:"#/properties/spec/properties/upgrade/properties/drainTimeout/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.upgrade.properties.drainTimeout.type,parentSchema:schema31.properties.spec.properties.upgrade.properties.drainTimeout,data:data28};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
let data29 = data26.window;
if((typeof data29 !== "string") && (data29 !== null)){
const err67 = {instancePath:instancePath+"/spec/upgrade/window",schemaPath:"#/properties/spec/properties/upgrade/properties/window/type",keyword:"type",params:{type: schema31.properties.spec.properties.upgrade.properties.window.type},message:"must be string,null",schema:schema31.properties.spec.properties.upgrade.properties.window.type,parentSchema:schema31.properties.spec.properties.upgrade.properties.window,data:data29};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(typeof data29 === "string"){
if(!pattern15.test(data29)){
const err68 = {instancePath:instancePath+"/spec/upgrade/window",schemaPath:"#/properties/spec/properties/upgrade/properties/window/pattern",keyword:"pattern",params:{pattern: "^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"},message:"must match pattern \""+"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"+"\"",schema:"^((Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))? )?([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$",parentSchema:schema31.properties.spec.properties.upgrade.properties.window,data:data29};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/spec/upgrade",schemaPath:"#/properties/spec/properties/upgrade/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.upgrade.type,parentSchema:schema31.properties.spec.properties.upgrade,data:data26};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
let data30 = data4.guards;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.maxRemovals === undefined){
data30.maxRemovals = "20%";
}
if(data30.protect === undefined){
data30.protect = ["Namespace/kube-system"];
}
if(data30.confirm === undefined){
data30.confirm = [];
}
for(const key8 in data30){
if(!(((key8 === "maxRemovals") || (key8 === "protect")) || (key8 === "confirm"))){
const err70 = {instancePath:instancePath+"/spec/guards",schemaPath:"#/properties/spec/properties/guards/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.guards,data:data30};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
let data31 = data30.maxRemovals;
if((typeof data31 !== "string") && (!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31))))){
const err71 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/type",keyword:"type",params:{type: schema31.properties.spec.properties.guards.properties.maxRemovals.type},message:"must be string,integer",schema:schema31.properties.spec.properties.guards.properties.maxRemovals.type,parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 > 99999 || isNaN(data31)){
const err72 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/maximum",keyword:"maximum",params:{comparison: "<=", limit: 99999},message:"must be <= 99999",schema:99999,parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data31 < 0 || isNaN(data31)){
const err73 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(typeof data31 === "string"){
if(!pattern16.test(data31)){
const err74 = {instancePath:instancePath+"/spec/guards/maxRemovals",schemaPath:"#/properties/spec/properties/guards/properties/maxRemovals/pattern",keyword:"pattern",params:{pattern: "^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$"},message:"must match pattern \""+"^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$"+"\"",schema:"^([0-9]{1,5}|([0-9]|[1-9][0-9]|100)%)$",parentSchema:schema31.properties.spec.properties.guards.properties.maxRemovals,data:data31};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
let data32 = data30.protect;
if(Array.isArray(data32)){
if(data32.length > 1000){
const err75 = {instancePath:instancePath+"/spec/guards/protect",schemaPath:"#/properties/spec/properties/guards/properties/protect/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.spec.properties.guards.properties.protect,data:data32};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
const len1 = data32.length;
for(let i1=0; i1<len1; i1++){
let data33 = data32[i1];
if(typeof data33 === "string"){
if(func2(data33) > 400){
const err76 = {instancePath:instancePath+"/spec/guards/protect/" + i1,schemaPath:"#/properties/spec/properties/guards/properties/protect/items/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters",schema:400,parentSchema:schema31.properties.spec.properties.guards.properties.protect.items,data:data33};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(!pattern17.test(data33)){
const err77 = {instancePath:instancePath+"/spec/guards/protect/" + i1,schemaPath:"#/properties/spec/properties/guards/properties/protect/items/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$"},message:"must match pattern \""+"^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$"+"\"",schema:"^[A-Z][A-Za-z0-9]*(/[a-z0-9][-a-z0-9.:]*){1,2}$",parentSchema:schema31.properties.spec.properties.guards.properties.protect.items,data:data33};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/spec/guards/protect/" + i1,schemaPath:"#/properties/spec/properties/guards/properties/protect/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.guards.properties.protect.items.type,parentSchema:schema31.properties.spec.properties.guards.properties.protect.items,data:data33};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/spec/guards/protect",schemaPath:"#/properties/spec/properties/guards/properties/protect/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.guards.properties.protect.type,parentSchema:schema31.properties.spec.properties.guards.properties.protect,data:data32};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
let data34 = data30.confirm;
if(Array.isArray(data34)){
if(data34.length > 1000){
const err80 = {instancePath:instancePath+"/spec/guards/confirm",schemaPath:"#/properties/spec/properties/guards/properties/confirm/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema31.properties.spec.properties.guards.properties.confirm,data:data34};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
const len2 = data34.length;
for(let i2=0; i2<len2; i2++){
let data35 = data34[i2];
if(typeof data35 === "string"){
if(!pattern7.test(data35)){
const err81 = {instancePath:instancePath+"/spec/guards/confirm/" + i2,schemaPath:"#/properties/spec/properties/guards/properties/confirm/items/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\"",schema:"^sha256:[0-9a-f]{64}$",parentSchema:schema31.properties.spec.properties.guards.properties.confirm.items,data:data35};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/spec/guards/confirm/" + i2,schemaPath:"#/properties/spec/properties/guards/properties/confirm/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.guards.properties.confirm.items.type,parentSchema:schema31.properties.spec.properties.guards.properties.confirm.items,data:data35};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/spec/guards/confirm",schemaPath:"#/properties/spec/properties/guards/properties/confirm/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.guards.properties.confirm.type,parentSchema:schema31.properties.spec.properties.guards.properties.confirm,data:data34};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/spec/guards",schemaPath:"#/properties/spec/properties/guards/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.properties.guards.type,parentSchema:schema31.properties.spec.properties.guards,data:data30};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.type,parentSchema:schema31.properties.spec,data:data4};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
