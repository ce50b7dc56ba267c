// Rows show their ids, which stand in every explanation, and new rows get one that fits.
import { Component, createComponentVNode, createVNode } from 'inferno';
import { freeRowId, isRowId } from './dmn-normal.js';
import { say } from './words.js';

class RowName extends Component {
  render() {
    const { row, rowIndex } = this.props;
    const inner = this.context.components.getComponents('cell-inner', { cellType: 'rule-index', row, rowIndex }) ?? [];
    return createVNode(1, 'td', 'rule-index', [
      ...inner.map((Inner) => createComponentVNode(2, Inner, { row, rowIndex })),
      createVNode(1, 'span', 'rule-number', String(rowIndex + 1), 0),
      createVNode(1, 'button', 'rule-id', row.id, 0, { type: 'button', 'data-rename': row.id, title: say('table.row-id.title') }),
    ], 0, { 'data-element-id': row.id, 'data-row-id': row.id });
  }
}

function names(components, eventBus, sheet, injector) {
  // A cell's editor reports what it was given as if it had been typed; that is no change and no step to undo.
  const modeling = injector.get('modeling', false);
  if (modeling) {
    const { editCell } = modeling;
    modeling.editCell = (cell, text) => (cell.text === text ? undefined : editCell.call(modeling, cell, text));
  }
  components.onGetComponent('cell', 2000, ({ cellType }) => (cellType === 'before-rule-cells' ? RowName : undefined));
  // Before anything claims the id that the library made up.
  eventBus.on('commandStack.row.add.preExecute', 5000, ({ context }) => {
    const { row } = context;
    const table = sheet.getRoot().businessObject;
    const model = table.$model;
    const taken = (id) => Boolean(model.ids.assigned(id)) || table.rule?.some((rule) => rule.id === id);
    if (!isRowId(row.businessObject.id) || taken(row.businessObject.id)) {
      const id = freeRowId(table.$parent, taken);
      row.businessObject.id = id;
      row.id = id;
    }
  });
}
names.$inject = ['components', 'eventBus', 'sheet', 'injector'];

export const RowNames = { __init__: ['rowNames'], rowNames: ['type', names], decisionRuleIndices: ['value', null] };
