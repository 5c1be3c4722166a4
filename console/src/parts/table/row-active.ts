import { createContext, useContext } from 'react';

/** Whether a cell is in the row that has the table's place in the tab order; the controls of the others are reached by moving there first. */
export const RowIsActive = createContext(true);

export const useRowTabIndex = () => (useContext(RowIsActive) ? 0 : -1);
