// @ts-nocheck
// Generated from schemas/ by `npm run generate`: change the schema, not this file.
import { ajvFormats, countCharacters, type Validator } from './validator.ts';

export const validate: Validator = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://kubic.suse.com/schemas/v1beta1/addon.schema.json","title":"Addon","description":"The optional file addons/<name>/addon.yaml: how the add-on in this folder is applied. Its name is the folder's.","type":"object","additionalProperties":false,"required":["apiVersion","kind"],"properties":{"apiVersion":{"description":"The version of this format.","const":"kubic.suse.com/v1beta1"},"kind":{"description":"What this file describes.","const":"Addon"},"spec":{"description":"How the add-on is applied.","type":"object","additionalProperties":false,"properties":{"dependsOn":{"description":"Add-ons that must be healthy before this one is applied.","type":"array","maxItems":100,"items":{"type":"string","minLength":1,"maxLength":255},"default":[],"examples":[["cni"]]},"prune":{"description":"Whether objects that leave the folder are deleted from the cluster. An object can say so itself, and much is never deleted: docs/reference/annotations.md has both.","type":"boolean","default":true,"examples":[true]},"drift":{"description":"What is done about an object that somebody changed in the cluster. `correct`: it is put right. `warn`: `plan` and `status` show which fields differ, and it is left as it is. `ignore`: nobody looks. An object can say so itself (docs/reference/annotations.md). What changes in Git is applied in any case.","enum":["correct","warn","ignore"],"default":"correct","examples":["warn"]}},"default":{}}}};
const func1 = countCharacters;

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://kubic.suse.com/schemas/v1beta1/addon.schema.json" */;
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
if(data.spec === undefined){
data.spec = {};
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
if(!(((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "spec"))){
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
if("Addon" !== data1){
const err4 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Addon"},message:"must be equal to constant",schema:"Addon",parentSchema:schema31.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
let data2 = data.spec;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.dependsOn === undefined){
data2.dependsOn = [];
}
if(data2.prune === undefined){
data2.prune = true;
}
if(data2.drift === undefined){
data2.drift = "correct";
}
for(const key1 in data2){
if(!(((key1 === "dependsOn") || (key1 === "prune")) || (key1 === "drift"))){
const err5 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
let data3 = data2.dependsOn;
if(Array.isArray(data3)){
if(data3.length > 100){
const err6 = {instancePath:instancePath+"/spec/dependsOn",schemaPath:"#/properties/spec/properties/dependsOn/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema31.properties.spec.properties.dependsOn,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func1(data4) > 255){
const err7 = {instancePath:instancePath+"/spec/dependsOn/" + i0,schemaPath:"#/properties/spec/properties/dependsOn/items/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters",schema:255,parentSchema:schema31.properties.spec.properties.dependsOn.items,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(func1(data4) < 1){
const err8 = {instancePath:instancePath+"/spec/dependsOn/" + i0,schemaPath:"#/properties/spec/properties/dependsOn/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.spec.properties.dependsOn.items,data:data4};
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
const err9 = {instancePath:instancePath+"/spec/dependsOn/" + i0,schemaPath:"#/properties/spec/properties/dependsOn/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.dependsOn.items.type,parentSchema:schema31.properties.spec.properties.dependsOn.items,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/spec/dependsOn",schemaPath:"#/properties/spec/properties/dependsOn/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.dependsOn.type,parentSchema:schema31.properties.spec.properties.dependsOn,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
let data5 = data2.prune;
if(typeof data5 !== "boolean"){
const err11 = {instancePath:instancePath+"/spec/prune",schemaPath:"#/properties/spec/properties/prune/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.spec.properties.prune.type,parentSchema:schema31.properties.spec.properties.prune,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
let data6 = data2.drift;
if(!(((data6 === "correct") || (data6 === "warn")) || (data6 === "ignore"))){
const err12 = {instancePath:instancePath+"/spec/drift",schemaPath:"#/properties/spec/properties/drift/enum",keyword:"enum",params:{allowedValues: schema31.properties.spec.properties.drift.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.spec.properties.drift.enum,parentSchema:schema31.properties.spec.properties.drift,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.type,parentSchema:schema31.properties.spec,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
