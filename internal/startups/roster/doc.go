// Package roster reads tables of startups as people keep them in a spreadsheet: a CSV with commas, semicolons or tabs, or the
// first page of an XLSX. It is pure: no clock, no database; what stands there already is asked of its caller.
//
// The first line that says anything names the columns, in any order, in English or in Vietnamese, with marks or without. A
// file whose columns are not understood is refused whole (a fault of the field "file"), for half a table is worse than none.
// Every line behind it is one row. A row is whole or at fault, and has one fault: the first in the order of the file's columns.
//
// A row's number is that of the line of the file on which it begins, the first line being 1, whatever breaks of lines stand
// within its cells. Lines on which nothing stands are no rows, but they are counted. A line of separators alone is a row
// without a name.
package roster
