"""The quiz without a screen: questions, the state between two answers, and the profile that answers make.

``questions.make_form`` gives the questions of a role at a level; ``session.Session`` walks through them;
``replies.read`` understands what a person typed; ``answers`` is the file that is kept after every answer;
``result.profile_of`` makes the profile, with a verdict for each skill.
"""
