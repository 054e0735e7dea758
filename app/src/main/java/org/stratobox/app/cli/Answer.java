package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.function.Consumer;

import tools.jackson.databind.node.ObjectNode;

/// The result of a command in its two shapes.
interface Answer {
    /// @param out receives short aligned lines for a person
    void human(PrintStream out);

    /// @param json receives the members of the one object for a program
    void json(ObjectNode json);

    /// @param value a record or a map: its members are those of the object for a program
    /// @param human prints the same for a person
    /// @return an answer of both
    static Answer of(Object value, Consumer<PrintStream> human) {
        return new Answer() {
            @Override
            public void human(PrintStream out) {
                human.accept(out);
            }

            @Override
            public void json(ObjectNode json) {
                Json.tree(value).properties().forEach(member -> json.set(member.getKey(), member.getValue()));
            }
        };
    }

    /// @param sentence for a person; `message` for a program
    /// @return an answer that is one sentence
    static Answer sentence(String sentence) {
        return new Answer() {
            @Override
            public void human(PrintStream out) {
                out.println(sentence);
            }

            @Override
            public void json(ObjectNode json) {
                json.put("message", sentence);
            }
        };
    }
}
