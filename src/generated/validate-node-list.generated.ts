// @ts-nocheck
// Generated from schemas/ by `npm run generate`: change the schema, not this file.
import { ajvFormats, countCharacters, type Validator } from './validator.ts';

export const validate: Validator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/node-list.schema.json","title":"NodeList","description":"The file nodes.yaml, or each of nodes/*.yaml: which machines belong to the cluster, bound to their identity keys, and which never will.","type":"object","additionalProperties":false,"required":["apiVersion","kind"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"NodeList"},"accepted":{"description":"The machines of the cluster. Each name and each key stands once in all lists.","type":"array","maxItems":10000,"default":[],"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"The node's name in Kubernetes, whatever the machine's hostname says.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `w-1`","examples":["w-1"]},"key":{"description":"The fingerprint of the machine's identity key, as its console and `kubic-init identity` show it. Only the seeder may lack it, until it has bootstrapped.","type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$","patternErrorMessage":"copy the fingerprint from the machine's console or `kubic-init identity`: `SHA256:` and 43 characters, no `=`","examples":["SHA256:uXfYh0pPSGQcvqgLTOQPBkDj1D2V4vMkXQeWJvFqO3M"]},"role":{"description":"What the machine runs.","enum":["control-plane","worker"],"default":"worker","examples":["worker"]},"labels":{"description":"Labels of the Node, kept as they stand here.","type":"object","maxProperties":100,"propertyNames":{"pattern":"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","patternErrorMessage":"write a Kubernetes label key: `disk` or `example.com/disk`"},"additionalProperties":{"type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$","patternErrorMessage":"write a Kubernetes label value: letters, digits, `-`, `_` and `.`, at most 63"},"default":{},"examples":[{"disk":"ssd"}]},"addresses":{"description":"The machine's own IP addresses and DNS names: its kubelet gets a serving certificate for these and its name, and for no others. Each stands with one node only. Without this field a kubelet gets what it reports and no other node had before; the API server's and Services' own it never gets.","type":"array","minItems":1,"maxItems":32,"uniqueItems":true,"examples":[["10.250.0.21","fd00::15"]],"items":{"description":"An IP address, or a DNS name.","type":"string","maxLength":253,"format":"kubic-node-address","examples":["10.250.0.21"]}},"taints":{"description":"Taints of the Node, kept as they stand here. Without it a control plane has the taint that kubeadm gives it; with an empty list it has none, and takes pods.","type":"array","maxItems":100,"examples":[[],[{"key":"gpu","value":"true","effect":"NoSchedule"}]],"items":{"type":"object","additionalProperties":false,"required":["key","effect"],"properties":{"key":{"description":"The taint's key.","type":"string","pattern":"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$","patternErrorMessage":"write a Kubernetes label key: `gpu` or `example.com/gpu`","examples":["gpu"]},"value":{"description":"The taint's value.","type":"string","pattern":"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$","patternErrorMessage":"write a Kubernetes label value: letters, digits, `-`, `_` and `.`, at most 63","examples":["true"]},"effect":{"description":"What the taint does to pods that do not tolerate it.","enum":["NoSchedule","PreferNoSchedule","NoExecute"],"examples":["NoSchedule"]}}}}}}},"rejected":{"description":"Keys that never get in. A member whose key is rejected stays one in this release, until it is taken out by hand.","type":"array","maxItems":10000,"default":[],"items":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"description":"The fingerprint of the machine's identity key.","type":"string","pattern":"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$","patternErrorMessage":"copy the fingerprint from the accepted entry or `kubic-init nodes pending`: `SHA256:` and 43 characters, no `=`","examples":["SHA256:LVnV0Dk8GJ2dGcGmXJ4FQ1Q8X6xW8qVvGBNZQpHvy0A"]},"name":{"description":"The name the machine had or asked for.","type":"string","pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$","patternErrorMessage":"write lower-case letters, digits and hyphens, at most 63: `w-9`","examples":["w-9"]},"reason":{"description":"Why, as the machine and its users are told.","type":"string","minLength":1,"maxLength":200,"examples":["stolen"]}}}}}};
const pattern4 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
const pattern5 = new RegExp("^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$", "u");
const pattern6 = new RegExp("^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
const pattern7 = new RegExp("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$", "u");
const formats0 = ajvFormats["kubic-node-address"];
const func1 = countCharacters;

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/node-list.schema.json" */;
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
if(data.accepted === undefined){
data.accepted = [];
}
if(data.rejected === undefined){
data.rejected = [];
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
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "accepted")) || (key0 === "rejected"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("kubic.suse.com/v1beta1" !== data0){
const err3 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "kubic.suse.com/v1beta1"},message:"must be equal to constant",schema:"kubic.suse.com/v1beta1",parentSchema:schema31.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("NodeList" !== data1){
const err4 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "NodeList"},message:"must be equal to constant",schema:"NodeList",parentSchema:schema31.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
let data2 = data.accepted;
if(Array.isArray(data2)){
if(data2.length > 10000){
const err5 = {instancePath:instancePath+"/accepted",schemaPath:"#/properties/accepted/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema31.properties.accepted,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.role === undefined){
data3.role = "worker";
}
if(data3.labels === undefined){
data3.labels = {};
}
if(data3.name === undefined){
const err6 = {instancePath:instancePath+"/accepted/" + i0,schemaPath:"#/properties/accepted/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema31.properties.accepted.items.required,parentSchema:schema31.properties.accepted.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key1 in data3){
if(!((((((key1 === "name") || (key1 === "key")) || (key1 === "role")) || (key1 === "labels")) || (key1 === "addresses")) || (key1 === "taints"))){
const err7 = {instancePath:instancePath+"/accepted/" + i0,schemaPath:"#/properties/accepted/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.accepted.items,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.name !== undefined){
let data4 = data3.name;
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err8 = {instancePath:instancePath+"/accepted/" + i0+"/name",schemaPath:"#/properties/accepted/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.accepted.items.properties.name,data:data4};
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
const err9 = {instancePath:instancePath+"/accepted/" + i0+"/name",schemaPath:"#/properties/accepted/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.accepted.items.properties.name.type,parentSchema:schema31.properties.accepted.items.properties.name,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.key !== undefined){
let data5 = data3.key;
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err10 = {instancePath:instancePath+"/accepted/" + i0+"/key",schemaPath:"#/properties/accepted/items/properties/key/pattern",keyword:"pattern",params:{pattern: "^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"},message:"must match pattern \""+"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"+"\"",schema:"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$",parentSchema:schema31.properties.accepted.items.properties.key,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/accepted/" + i0+"/key",schemaPath:"#/properties/accepted/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.accepted.items.properties.key.type,parentSchema:schema31.properties.accepted.items.properties.key,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let data6 = data3.role;
if(!((data6 === "control-plane") || (data6 === "worker"))){
const err12 = {instancePath:instancePath+"/accepted/" + i0+"/role",schemaPath:"#/properties/accepted/items/properties/role/enum",keyword:"enum",params:{allowedValues: schema31.properties.accepted.items.properties.role.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.accepted.items.properties.role.enum,parentSchema:schema31.properties.accepted.items.properties.role,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data7 = data3.labels;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 100){
const err13 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.accepted.items.properties.labels,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key2 in data7){
const _errs16 = errors;
if(typeof key2 === "string"){
if(!pattern6.test(key2)){
const err14 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",parentSchema:schema31.properties.accepted.items.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var valid4 = _errs16 === errors;
if(!valid4){
const err15 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema31.properties.accepted.items.properties.labels.propertyNames,parentSchema:schema31.properties.accepted.items.properties.labels,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
for(const key3 in data7){
let data8 = data7[key3];
if(typeof data8 === "string"){
if(!pattern7.test(data8)){
const err16 = {instancePath:instancePath+"/accepted/" + i0+"/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/accepted/items/properties/labels/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",parentSchema:schema31.properties.accepted.items.properties.labels.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/accepted/" + i0+"/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/accepted/items/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.accepted.items.properties.labels.additionalProperties.type,parentSchema:schema31.properties.accepted.items.properties.labels.additionalProperties,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/accepted/" + i0+"/labels",schemaPath:"#/properties/accepted/items/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.accepted.items.properties.labels.type,parentSchema:schema31.properties.accepted.items.properties.labels,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data3.addresses !== undefined){
let data9 = data3.addresses;
if(Array.isArray(data9)){
if(data9.length > 32){
const err19 = {instancePath:instancePath+"/accepted/" + i0+"/addresses",schemaPath:"#/properties/accepted/items/properties/addresses/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items",schema:32,parentSchema:schema31.properties.accepted.items.properties.addresses,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data9.length < 1){
const err20 = {instancePath:instancePath+"/accepted/" + i0+"/addresses",schemaPath:"#/properties/accepted/items/properties/addresses/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31.properties.accepted.items.properties.addresses,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(func1(data10) > 253){
const err21 = {instancePath:instancePath+"/accepted/" + i0+"/addresses/" + i1,schemaPath:"#/properties/accepted/items/properties/addresses/items/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters",schema:253,parentSchema:schema31.properties.accepted.items.properties.addresses.items,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!(formats0.validate(data10))){
const err22 = {instancePath:instancePath+"/accepted/" + i0+"/addresses/" + i1,schemaPath:"#/properties/accepted/items/properties/addresses/items/format",keyword:"format",params:{format: "kubic-node-address"},message:"must match format \""+"kubic-node-address"+"\"",schema:"kubic-node-address",parentSchema:schema31.properties.accepted.items.properties.addresses.items,data:data10};
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
const err23 = {instancePath:instancePath+"/accepted/" + i0+"/addresses/" + i1,schemaPath:"#/properties/accepted/items/properties/addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.accepted.items.properties.addresses.items.type,parentSchema:schema31.properties.accepted.items.properties.addresses.items,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
let i2 = data9.length;
let j0;
if(i2 > 1){
const indices0 = {};
for(;i2--;){
let item0 = data9[i2];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err24 = {instancePath:instancePath+"/accepted/" + i0+"/addresses",schemaPath:"#/properties/accepted/items/properties/addresses/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema31.properties.accepted.items.properties.addresses,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
break;
}
indices0[item0] = i2;
}
}
}
else {
const err25 = {instancePath:instancePath+"/accepted/" + i0+"/addresses",schemaPath:"#/properties/accepted/items/properties/addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.accepted.items.properties.addresses.type,parentSchema:schema31.properties.accepted.items.properties.addresses,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data3.taints !== undefined){
let data11 = data3.taints;
if(Array.isArray(data11)){
if(data11.length > 100){
const err26 = {instancePath:instancePath+"/accepted/" + i0+"/taints",schemaPath:"#/properties/accepted/items/properties/taints/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema31.properties.accepted.items.properties.taints,data:data11};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len2 = data11.length;
for(let i3=0; i3<len2; i3++){
let data12 = data11[i3];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.key === undefined){
const err27 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3,schemaPath:"#/properties/accepted/items/properties/taints/items/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema31.properties.accepted.items.properties.taints.items.required,parentSchema:schema31.properties.accepted.items.properties.taints.items,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data12.effect === undefined){
const err28 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3,schemaPath:"#/properties/accepted/items/properties/taints/items/required",keyword:"required",params:{missingProperty: "effect"},message:"must have required property '"+"effect"+"'",schema:schema31.properties.accepted.items.properties.taints.items.required,parentSchema:schema31.properties.accepted.items.properties.taints.items,data:data12};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key4 in data12){
if(!(((key4 === "key") || (key4 === "value")) || (key4 === "effect"))){
const err29 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3,schemaPath:"#/properties/accepted/items/properties/taints/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.accepted.items.properties.taints.items,data:data12};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data12.key !== undefined){
let data13 = data12.key;
if(typeof data13 === "string"){
if(!pattern6.test(data13)){
const err30 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3+"/key",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/key/pattern",keyword:"pattern",params:{pattern: "^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"+"\"",schema:"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",parentSchema:schema31.properties.accepted.items.properties.taints.items.properties.key,data:data13};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3+"/key",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.accepted.items.properties.taints.items.properties.key.type,parentSchema:schema31.properties.accepted.items.properties.taints.items.properties.key,data:data13};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data12.value !== undefined){
let data14 = data12.value;
if(typeof data14 === "string"){
if(!pattern7.test(data14)){
const err32 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3+"/value",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/value/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"},message:"must match pattern \""+"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"+"\"",schema:"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",parentSchema:schema31.properties.accepted.items.properties.taints.items.properties.value,data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3+"/value",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.accepted.items.properties.taints.items.properties.value.type,parentSchema:schema31.properties.accepted.items.properties.taints.items.properties.value,data:data14};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data12.effect !== undefined){
let data15 = data12.effect;
if(!(((data15 === "NoSchedule") || (data15 === "PreferNoSchedule")) || (data15 === "NoExecute"))){
const err34 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3+"/effect",schemaPath:"#/properties/accepted/items/properties/taints/items/properties/effect/enum",keyword:"enum",params:{allowedValues: schema31.properties.accepted.items.properties.taints.items.properties.effect.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.accepted.items.properties.taints.items.properties.effect.enum,parentSchema:schema31.properties.accepted.items.properties.taints.items.properties.effect,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/accepted/" + i0+"/taints/" + i3,schemaPath:"#/properties/accepted/items/properties/taints/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.accepted.items.properties.taints.items.type,parentSchema:schema31.properties.accepted.items.properties.taints.items,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/accepted/" + i0+"/taints",schemaPath:"#/properties/accepted/items/properties/taints/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.accepted.items.properties.taints.type,parentSchema:schema31.properties.accepted.items.properties.taints,data:data11};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/accepted/" + i0,schemaPath:"#/properties/accepted/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.accepted.items.type,parentSchema:schema31.properties.accepted.items,data:data3};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/accepted",schemaPath:"#/properties/accepted/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.accepted.type,parentSchema:schema31.properties.accepted,data:data2};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
let data16 = data.rejected;
if(Array.isArray(data16)){
if(data16.length > 10000){
const err39 = {instancePath:instancePath+"/rejected",schemaPath:"#/properties/rejected/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema31.properties.rejected,data:data16};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
const len3 = data16.length;
for(let i4=0; i4<len3; i4++){
let data17 = data16[i4];
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.key === undefined){
const err40 = {instancePath:instancePath+"/rejected/" + i4,schemaPath:"#/properties/rejected/items/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema31.properties.rejected.items.required,parentSchema:schema31.properties.rejected.items,data:data17};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
for(const key5 in data17){
if(!(((key5 === "key") || (key5 === "name")) || (key5 === "reason"))){
const err41 = {instancePath:instancePath+"/rejected/" + i4,schemaPath:"#/properties/rejected/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.rejected.items,data:data17};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data17.key !== undefined){
let data18 = data17.key;
if(typeof data18 === "string"){
if(!pattern5.test(data18)){
const err42 = {instancePath:instancePath+"/rejected/" + i4+"/key",schemaPath:"#/properties/rejected/items/properties/key/pattern",keyword:"pattern",params:{pattern: "^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"},message:"must match pattern \""+"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$"+"\"",schema:"^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$",parentSchema:schema31.properties.rejected.items.properties.key,data:data18};
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
const err43 = {instancePath:instancePath+"/rejected/" + i4+"/key",schemaPath:"#/properties/rejected/items/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.rejected.items.properties.key.type,parentSchema:schema31.properties.rejected.items.properties.key,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data17.name !== undefined){
let data19 = data17.name;
if(typeof data19 === "string"){
if(!pattern4.test(data19)){
const err44 = {instancePath:instancePath+"/rejected/" + i4+"/name",schemaPath:"#/properties/rejected/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",parentSchema:schema31.properties.rejected.items.properties.name,data:data19};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/rejected/" + i4+"/name",schemaPath:"#/properties/rejected/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.rejected.items.properties.name.type,parentSchema:schema31.properties.rejected.items.properties.name,data:data19};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data17.reason !== undefined){
let data20 = data17.reason;
if(typeof data20 === "string"){
if(func1(data20) > 200){
const err46 = {instancePath:instancePath+"/rejected/" + i4+"/reason",schemaPath:"#/properties/rejected/items/properties/reason/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema31.properties.rejected.items.properties.reason,data:data20};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(func1(data20) < 1){
const err47 = {instancePath:instancePath+"/rejected/" + i4+"/reason",schemaPath:"#/properties/rejected/items/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.rejected.items.properties.reason,data:data20};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/rejected/" + i4+"/reason",schemaPath:"#/properties/rejected/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.rejected.items.properties.reason.type,parentSchema:schema31.properties.rejected.items.properties.reason,data:data20};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/rejected/" + i4,schemaPath:"#/properties/rejected/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rejected.items.type,parentSchema:schema31.properties.rejected.items,data:data17};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/rejected",schemaPath:"#/properties/rejected/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.rejected.type,parentSchema:schema31.properties.rejected,data:data16};
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
const err51 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
