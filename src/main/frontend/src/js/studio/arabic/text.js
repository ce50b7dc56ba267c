// What CodeMirror says, in Arabic.
export const TEXT_WORDS = {
  'Control character': 'حرف تحكم', Selection: 'تحديد', 'Folded lines': 'أسطر مطوية', 'Unfolded lines': 'أسطر مفتوحة', to: 'إلى', 'folded code': 'نص مطوي', unfold: 'فتح', 'Fold line': 'طي السطر', 'Unfold line': 'فتح السطر',
  'Go to line': 'الذهاب إلى سطر', go: 'اذهب', Find: 'بحث', Replace: 'استبدال', next: 'التالي', previous: 'السابق', all: 'الكل', 'match case': 'مطابقة الأحرف', 'by word': 'كلمة كاملة', replace: 'استبدال', 'replace all': 'استبدال الكل', close: 'إغلاق', regexp: 'نمط', 'current match': 'النتيجة الحالية', 'replaced $ matches': 'استُبدل $', 'replaced match on line $': 'استُبدل في السطر $', 'on line': 'في السطر',
  Completions: 'اقتراحات', Diagnostics: 'ملاحظات', 'No diagnostics': 'لا ملاحظات',
};
