"""What readers are told of each rule, on `/about/sourcing/`: the same table in the paper's voice."""

from django.utils.translation import gettext_lazy as _

TOLD = {
    "R1": _("Every quotation of three words or more in a story is tied to a record of where it comes from."),
    "R2": _("A quotation is printed in the words of that record. A word changed in one is a word changed in both."),
    "R3": _("We say who said it. Where we cannot, we say why."),
    "R4": _("We keep how the words reached us, through whom, and on what day they were said."),
    "R5": _("A person has held the words against the recording, the document or the message before they are printed."),
    "R6": _("What was told to us off the record is not printed, nor is anything that rests on it alone."),
    "R7": _("What was told to us on deep background is quoted from nobody."),
    "R8": _("A source who spoke on background is described in words that were agreed, without a name in them."),
    "R9": _("A source stays unnamed for a reason, and the reason is told."),
    "R10": _("The reason stands in the story itself."),
    "R11": _("An editor who did not write the story knows who an unnamed source is."),
    "R12": _("Somebody with the right to do so has agreed to each unnamed source, on the terms that stand."),
    "R13": _("“A source says” is not enough: we say what places them to know."),
    "R14": _("Where we write of several sources we have counted them."),
    "R15": _("An unnamed source tells us what they know. Opinions have names."),
    "R16": _("The first voice of a story has a name."),
    "R17": _("We say how an unnamed source knows, and prefer those who were there."),
    "R18": _("A serious claim about somebody rests on two sources that do not go back to one."),
    "R19": _("Where a claim rests on one source, the desk knows that it does."),
    "R20": _("Whoever a serious claim is about is asked before it is printed."),
    "R21": _("Their answer stands in the story, or that they declined, did not answer or could not be reached."),
    "R22": _("They are given the time that we said they would have."),
    "R23": _("Nobody declines to comment by name and speaks without one in the same story."),
    "R24": _("One source is described in one way throughout a story: they are not made to look like two."),
    "R25": _("How words are introduced fits how we got them: a statement is not an interview."),
    "R26": _("Words that another newsroom or agency obtained are credited to it."),
    "R27": _("A translation says that it is one. Where words were left out or joined, we keep the original."),
    "R28": _("A speaker is introduced when they first appear."),
    "R29": _("A story with an unnamed source is signed."),
    "R30": _("Where two sides dispute, both are heard or were asked."),
    "R31": _(
        "What readers have been told is not changed silently: a correction says what was wrong and what is right."
    ),
    "R32": _("Nothing is printed before the time that was promised, nor while a legal question is open."),
    "R33": _("Pictures are described for those who cannot see them, and credited."),
}
