//! What stands before the tables of `docs/accuracy.md`.

use crate::lang::Lang;

const EN: &str = "# Accuracy

Written by `just accuracy`, not by hand. Anyone can compute it again: the reports, the hand-written gold and the seed of
the planted errors are in this repository.

- Gold: `corpus/gold`, the claims, cells and findings of the fictional reports in `corpus/`. *Found*: a row of
  `claims.csv` has the number. *Bound*: it is about some formula. *Decided*: it was held against it. *Right subject* and
  *right verdict*: as the gold says. Precision and recall are over claims that the gold binds; right means subject and
  verdict.
- Planted errors: `gouji mutate corpus` puts one error at a time into a copy of a report, where the report's own numbers
  prove it wrong; `gouji evaluate` looks whether an error or a warning points at it. *Loose words* are claims in words
  that in other reports also mean numbers outside the tables; there an info (C004) asks to look. *Others accused* counts statements that were not changed
  and are accused all the same.
- A planted error stands where the program had confirmed the number before. Claims that it does not understand are not
  among them; they show in the first tables.
- The reports are fictional. How the program does on them says little about reports of another region or period; for
  those, write gold for some of your own (docs/gold.md) and run `gouji evaluate`.

";

const ZH: &str = "# 准确度

本页由 `just accuracy` 写出，不是手写。报告、手工标注和植入错误所用的种子都在本仓库，任何人都能重算。

- 标注：`corpus/gold`，即 `corpus/` 中虚构报告的说法、单元格与应有的发现。识别：`claims.csv` 有这个数；对应：有所指的
  公式；判定：与之比对过；对象与结论正确：与标注相同。精确率与召回率只计标注有对象的说法，对象与结论都对才算对。
- 植入的错误：`gouji mutate corpus` 每次在报告副本中放入一处错误，须是报告自己的数能证明的；`gouji evaluate` 看有无
  错误或警告指向它。词句两可：这类词句在别的报告中也指表格以外的数，只作提示（C004），不算指摘，计入“连同提示”。误伤：
  未被改动而受指摘的说法。
- 植入之处都是程序原已核实的数；程序读不懂的说法不在其中，见前面各表。
- 报告是虚构的，对别的地区和年份说明不了多少；请为自己的报告写标注（docs/gold.md），再运行 `gouji evaluate`。

";

pub(super) const fn intro(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
}
