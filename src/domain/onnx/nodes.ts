/** The same edit on all nodes, types and tensors of a model, also in branches, bodies and functions. */
import type {
  OnnxAttribute,
  OnnxFunction,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  ValueInfo,
} from './model.ts';

export interface Edits {
  readonly node?: (node: OnnxNode) => OnnxNode | readonly OnnxNode[];
  readonly attribute?: (attribute: OnnxAttribute) => OnnxAttribute;
  readonly tensor?: (tensor: OnnxTensor) => OnnxTensor;
  readonly value?: (value: ValueInfo) => ValueInfo;
}

/** What an edit gives back as it was keeps its bytes. */
export function edited<M extends OnnxModel>(model: M, edits: Edits): M {
  return {
    ...model,
    ...(model.graph ? { graph: editedGraph(model.graph, edits) } : {}),
    functions: kept(model.functions, (item) => editedFunction(item, edits)),
  };
}

function editedFunction(item: OnnxFunction, edits: Edits): OnnxFunction {
  const nodes = editedNodes(item.nodes, edits);
  const defaults = kept(item.defaults, (attribute) => editedAttribute(attribute, edits));
  return nodes === item.nodes && defaults === item.defaults ? item : { ...item, nodes, defaults };
}

function editedGraph(graph: OnnxGraph, edits: Edits): OnnxGraph {
  const { tensor = same, value = same } = edits;
  const changed = {
    nodes: editedNodes(graph.nodes, edits),
    initializers: kept(graph.initializers, tensor),
    inputs: kept(graph.inputs, value),
    outputs: kept(graph.outputs, value),
    values: kept(graph.values, value),
  };
  const names = Object.keys(changed) as (keyof typeof changed)[];
  return names.every((name) => changed[name] === graph[name]) ? graph : { ...graph, ...changed };
}

function editedNodes(nodes: readonly OnnxNode[], edits: Edits): readonly OnnxNode[] {
  const { node: edit = same } = edits;
  const inside = kept(nodes, (node) => {
    const attributes = kept(node.attributes, (attribute) => editedAttribute(attribute, edits));
    return attributes === node.attributes ? node : { ...node, attributes };
  });
  const all = inside.map((node) => edit(node));
  return all.every((node, i) => node === inside[i]) ? inside : all.flat();
}

function editedAttribute(attribute: OnnxAttribute, edits: Edits): OnnxAttribute {
  const { tensor: editTensor = same, attribute: edit = same } = edits;
  const { tensor, graph } = attribute;
  const changed = {
    ...(tensor ? { tensor: editTensor(tensor) } : {}),
    ...(graph ? { graph: editedGraph(graph, edits) } : {}),
    tensors: kept(attribute.tensors, editTensor),
    graphs: kept(attribute.graphs, (inner) => editedGraph(inner, edits)),
  };
  const names = Object.keys(changed) as (keyof typeof changed)[];
  const isSame = names.every((name) => changed[name] === attribute[name]);
  return edit(isSame ? attribute : { ...attribute, ...changed });
}

const same = <T>(item: T): T => item;

/** The list itself where no item changes. */
function kept<T>(items: readonly T[], edit: (item: T) => T): readonly T[] {
  const all = items.map((item) => edit(item));
  return all.every((item, i) => item === items[i]) ? items : all;
}
